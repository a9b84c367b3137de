// A whole Rollcall with a whole identity provider beside it, for tests of signing in: one org, one verified domain.

import { changeDepsOf } from '../../server/audit/change-context.ts';
import { ssoAddresses } from '../../server/auth/sso-addresses.ts';
import { type SsoRow, writeSso } from '../../server/auth/sso-store.ts';
import { findOrg } from '../../server/orgs/org-store.ts';
import { applyDirectoryChange } from '../../server/provisioning/apply-directory-change.ts';
import type { MemberRole } from '../../shared/member.ts';
import { type DatabaseName, operator, type ScimServer, startScimServer } from '../helpers/scim-server.ts';
import { ssoRow } from '../helpers/sso-settings.ts';
import { type Answer, type Visitor, visitor } from '../helpers/visitor.ts';
import type { IdpPerson, IdpShape } from './idp-people.ts';
import { signInThere } from './sign-in-there.ts';
import { startTestIdp, type TestIdp } from './test-idp.ts';

export interface SsoStage {
  /** What browsers call the server. */
  readonly url: string;
  readonly server: ScimServer;
  readonly idp: TestIdp;
  readonly slug: string;
  /** Writes settings anew; `other` replaces some of them. */
  set(other?: Partial<SsoRow>): Promise<void>;
  /** Somebody of the directory, as nothing but the test says; gives their id. */
  addMember(
    email: string,
    standing: 'invited' | 'active' | 'not_invited',
    role?: MemberRole,
  ): Promise<string>;
  /** Begins a sign-in here, signs in there, and gives the address that the browser is sent back to. */
  goThere(who: Visitor, login: string, path?: string): Promise<string>;
  /** The same, and back: what the callback answers. */
  signIn(who: Visitor, login: string, path?: string): Promise<Answer>;
  /** A browser that has come in as `login`. */
  signedIn(login: string): Promise<Visitor>;
  close(): Promise<void>;
}

export async function openSsoStage(options: {
  readonly database?: DatabaseName;
  readonly shape: IdpShape;
  readonly people: readonly IdpPerson[];
  /** Another name of this machine: to a browser, Rollcall is another site than the identity provider then. */
  readonly host?: 'localhost';
  /** More of the server's configuration. */
  readonly env?: Readonly<Record<string, string>>;
}): Promise<SsoStage> {
  const { database = 'sqlite', shape, people } = options;
  const env = { OUTGOING_NETWORKS: '127.0.0.0/8', ...options.env };
  const server = await startScimServer({ database, kind: shape, env });
  const { deps, orgId, clock } = server;
  const url = options.host === undefined ? server.url : server.url.replace('127.0.0.1', options.host);
  deps.announce(url);
  const { db } = deps.database;
  const idp = await startTestIdp({ shape, people, clock: () => clock.now });
  const slug = (await findOrg(db, orgId))?.slug ?? '';
  const addresses = ssoAddresses(url, slug);
  idp.register({
    clientId: 'rollcall',
    clientSecret: 'quiet-otter-9',
    redirectUris: [addresses.redirectUri],
    postLogoutRedirectUris: [addresses.postLogoutRedirectUri],
    backchannelLogoutUri: addresses.backchannelLogoutUri,
  });
  const verified = { challenge: 'c', created_at: 1, verified_at: 1, checked_at: 1, failing_since: null };
  await db
    .insertInto('org_domains')
    .values({ org_id: orgId, domain: 'larkspur.example', ...verified })
    .execute();

  const stage: SsoStage = {
    url,
    server,
    idp,
    slug,
    set: (other) => writeSso(db, ssoRow(deps.secret, orgId, idp.issuer, { kind: shape, ...other })),
    async addMember(email, standing, role = 'member') {
      const source = { ...operator, orgId, connectionId: null };
      const at = (is: boolean) => (is ? clock.now : null);
      const { member } = await applyDirectoryChange(changeDepsOf(deps), source, {
        kind: 'add-member-by-hand',
        attributes: { userName: email, active: true, emails: [{ value: email, primary: true }] },
        standing: { role, invitedAt: at(standing !== 'not_invited'), joinedAt: at(standing === 'active') },
      });
      return member.id;
    },
    async goThere(who, login, path = `/sso/${slug}/start`) {
      const away = await who.get(path);
      if (away.status !== 303) throw new Error(`${path} answers ${away.status}: ${away.heading}`);
      return (await signInThere(idp, away.location, login)) ?? '';
    },
    async signIn(who, login, path) {
      return who.get(await stage.goThere(who, login, path));
    },
    async signedIn(login) {
      const who = visitor(url);
      const answer = await stage.signIn(who, login);
      if (answer.status !== 303) throw new Error(`${login} does not come in: ${answer.heading}`);
      return who;
    },
    async close() {
      await idp.close();
      await server.close();
    },
  };
  await stage.set();
  return stage;
}
