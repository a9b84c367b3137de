// What the admin of an Entra application has set under Provisioning, and how a request looks because of it. Knows no
// person.
import type { LineState } from './wire.ts';

export interface EntraSettings {
  /** With `?aadOptscim062020` at its end the client sends PATCH as RFC 7644 has it. */
  readonly tenantUrl: string;
  /** Left blank, Entra sends a token of its own. */
  readonly secretToken: string;
  readonly mappings: {
    readonly externalId: 'objectId' | 'mailNickname';
    readonly userName: 'userPrincipalName' | 'mail';
    /** Target attributes whose mapping was deleted, such as `title`. */
    readonly deleted: readonly string[];
  };
  /** What the userPrincipalNames of the tenant look like; a new tenant has a domain of Microsoft's only. */
  readonly principalNames: 'own-domain' | 'onmicrosoft';
  /** The attribute of matching precedence 1. */
  readonly matching: 'userName' | 'externalId';
  /** Target Object Actions. */
  readonly actions: { readonly create: boolean; readonly update: boolean; readonly delete: boolean };
  readonly scope: 'assigned' | 'all';
  /** Whether the mapping of groups is on. */
  readonly groups: boolean;
  readonly status: 'on' | 'off';
  /** What stands in the way to a person: their id on the server or, wrongly, their externalId. */
  readonly addressesBy: 'id' | 'externalId';
  readonly line: LineState;
}

/** Everything set that Rollcall's checklist asks for, and provisioning not yet started. */
export function mendedEntra(baseUrl: string, secretToken: string, flagged: boolean): EntraSettings {
  return {
    tenantUrl: flagged ? `${baseUrl}?${complianceFlag}` : baseUrl,
    secretToken,
    mappings: { externalId: 'objectId', userName: 'userPrincipalName', deleted: [] },
    principalNames: 'own-domain',
    matching: 'userName',
    actions: { create: true, update: true, delete: true },
    scope: 'assigned',
    groups: true,
    status: 'off',
    addressesBy: 'id',
    line: 'plugged',
  };
}

const complianceFlag = 'aadOptscim062020';

/** How PATCH is written: as Entra does by itself, or with the compliance flag in the Tenant URL. */
export type PatchDialect = 'default' | 'flagged';

export function dialectOf({ tenantUrl }: EntraSettings): PatchDialect {
  return tenantUrl.includes(complianceFlag) ? 'flagged' : 'default';
}

/** No User-Agent and no Accept: an application outside the gallery sends neither. */
export function entraHeaders({ secretToken }: EntraSettings): Readonly<Record<string, string>> {
  return { Authorization: `Bearer ${secretToken === '' ? ownToken : secretToken}` };
}

// What Entra sends where the secret token is blank. Its signature is empty: nobody is to trust a claim of it.
const ownToken = [
  { alg: 'RS256', typ: 'JWT' },
  {
    iss: 'https://sts.windows.net/0b6f1f0e-52c1-4f0e-9c39-6f4be1d3a7c4/',
    aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  },
  {},
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');
