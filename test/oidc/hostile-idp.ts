// An identity provider that lies: discovery and keys in order, and a token endpoint that answers whatever a test wants.
// Knows no Rollcall.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export interface HostileIdp {
  readonly issuer: string;
  /** What its discovery document says besides. */
  discovery: Readonly<Record<string, unknown>>;
  /** The ID token that the next code is worth. */
  idToken: string;
  /** What its UserInfo endpoint says; nothing for none. */
  userInfo: Readonly<Record<string, unknown>> | undefined;
  /** How often somebody brought a code. */
  readonly codes: string[];
  /** Signs with the key that it publishes. */
  sign(claims: JWTPayload, header?: Readonly<Record<string, string>>): Promise<string>;
  /** Signs with a key of the same name that it never published. */
  forge(claims: JWTPayload, header?: Readonly<Record<string, string>>): Promise<string>;
  /** Signs with what everybody can read: the public key, as if it were a shared secret. */
  signWithPublicKey(claims: JWTPayload): Promise<string>;
  close(): Promise<void>;
}

export async function startHostileIdp(): Promise<HostileIdp> {
  const [own, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')];
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'one', use: 'sig' };
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', idp.issuer);
    let body = '';
    for await (const chunk of request) body += chunk;
    if (pathname === '/token') idp.codes.push(new URLSearchParams(body).get('code') ?? '');
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': {
        issuer: idp.issuer,
        authorization_endpoint: `${idp.issuer}/authorize`,
        token_endpoint: `${idp.issuer}/token`,
        jwks_uri: `${idp.issuer}/keys`,
        ...(idp.userInfo && { userinfo_endpoint: `${idp.issuer}/userinfo` }),
        ...idp.discovery,
      },
      '/keys': { keys: [jwk] },
      '/token': { access_token: 'a', token_type: 'Bearer', id_token: idp.idToken },
      '/userinfo': idp.userInfo,
    };
    const answer = answers[pathname];
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const signed = (claims: JWTPayload, header: object, key: CryptoKey | Uint8Array) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'one', ...header }).sign(key);
  const idp: HostileIdp = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    discovery: {},
    idToken: '',
    userInfo: undefined,
    codes: [],
    sign: (claims, header = {}) => signed(claims, header, own.privateKey),
    forge: (claims, header = {}) => signed(claims, header, other.privateKey),
    signWithPublicKey: async (claims) => {
      const pem = await exportSPKI(own.publicKey);
      return signed(claims, { alg: 'HS256' }, new TextEncoder().encode(pem));
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return idp;
}

/** A token that nobody signed. */
export function unsigned(claims: JWTPayload): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', kid: 'one' })}.${part(claims)}.`;
}
