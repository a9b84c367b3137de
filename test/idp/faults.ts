// What goes wrong in the consoles, one entry each: how it alters the settings of a simulated identity provider. Knows
// settings; what a server says of it, it does not. `cases` are the numbers of one catalogue of troubles, for tables.
import type { EntraSettings } from './entra-settings.ts';
import type { OktaSettings } from './okta-settings.ts';

interface Settings {
  readonly okta: OktaSettings;
  readonly entra: EntraSettings;
}

type Alterations = {
  readonly [Kind in keyof Settings]?: (settings: Settings[Kind]) => Partial<Settings[Kind]>;
};

export interface Fault {
  readonly name: string;
  readonly cases: readonly number[];
  readonly says: string;
  readonly alters: Alterations;
}

/** The settings as they take effect with these faults, in their order. */
export function withFaults<Kind extends keyof Settings>(
  kind: Kind,
  settings: Settings[Kind],
  faults: readonly Fault[],
): Settings[Kind] {
  let altered = settings;
  for (const { alters } of faults as readonly { readonly alters: Alterations }[]) {
    altered = { ...altered, ...alters[kind]?.(altered) };
  }
  return altered;
}

const fault = (name: string, cases: readonly number[], says: string, alters: Alterations): Fault => ({
  name,
  cases,
  says,
  alters,
});

const wrongToken = 'a-token-that-was-made-somewhere-else-0000000';
const without = (url: string) => url.replace('/scim/v2', '');
const doubled = (url: string) => url.replace('/scim/v2', '/scim/v2/scim/v2');
const unflagged = (url: string) => url.replace(/\?.*/, '');
const mapped = (change: Partial<EntraSettings['mappings']>) => (settings: EntraSettings) => ({
  mappings: { ...settings.mappings, ...change },
});
const allowed = (change: Partial<EntraSettings['actions']>) => (settings: EntraSettings) => ({
  actions: { ...settings.actions, ...change },
});

export const faults = {
  'wrong-token': fault('wrong-token', [1], 'The token is not one of ours.', {
    okta: () => ({ token: wrongToken }),
    entra: () => ({ secretToken: wrongToken }),
  }),
  'double-bearer': fault('double-bearer', [2], 'The word Bearer was pasted with the token.', {
    okta: ({ token }) => ({ token: `Bearer ${token}` }),
    entra: ({ secretToken }) => ({ secretToken: `Bearer ${secretToken}` }),
  }),
  'no-scheme': fault('no-scheme', [3], 'The header template sends the bare token.', {
    okta: () => ({ header: 'as-typed' }),
  }),
  'blank-token': fault('blank-token', [4], 'Secret Token was left blank.', {
    entra: () => ({ secretToken: '' }),
  }),
  'base-url-without-path': fault('base-url-without-path', [5], 'The base URL lacks /scim/v2.', {
    okta: ({ baseUrl }) => ({ baseUrl: without(baseUrl) }),
    entra: ({ tenantUrl }) => ({ tenantUrl: without(tenantUrl) }),
  }),
  'base-url-doubled': fault('base-url-doubled', [5], 'The base URL has /scim/v2 twice.', {
    okta: ({ baseUrl }) => ({ baseUrl: doubled(baseUrl) }),
    entra: ({ tenantUrl }) => ({ tenantUrl: doubled(tenantUrl) }),
  }),
  'blocked-by-firewall': fault('blocked-by-firewall', [6], 'A firewall before the server answers 403.', {
    okta: () => ({ line: 'waf' }),
    entra: () => ({ line: 'waf' }),
  }),
  'gateway-page': fault('gateway-page', [8], 'A proxy before the server answers 502 with a page.', {
    okta: () => ({ line: 'gateway-page' }),
    entra: () => ({ line: 'gateway-page' }),
  }),
  'assigned-before-provisioning': fault(
    'assigned-before-provisioning',
    [10],
    'Whoever is assigned now is assigned before provisioning is on.',
    { okta: () => ({ provisioning: false }) },
  ),
  'create-unticked': fault('create-unticked', [11], 'Create is not ticked.', {
    okta: () => ({ createUsers: false }),
    entra: allowed({ create: false }),
  }),
  'not-started': fault('not-started', [12], 'Provisioning was never started.', {
    entra: () => ({ status: 'off' }),
  }),
  unplugged: fault('unplugged', [13], 'Nobody answers at the base URL.', {
    okta: () => ({ line: 'unplugged' }),
    entra: () => ({ line: 'unplugged' }),
  }),
  'not-assigned-but-pushed': fault(
    'not-assigned-but-pushed',
    [14],
    'A pushed group has members to whom the app is not assigned.',
    { okta: () => ({ pushesUnassigned: true }) },
  ),
  'same-group-assign-and-push': fault(
    'same-group-assign-and-push',
    [15],
    'The group that the app is assigned to is pushed as well.',
    { okta: () => ({ pushesAssignedGroups: true }) },
  ),
  'members-not-pushed': fault(
    'members-not-pushed',
    [14],
    'Push group memberships immediately is not ticked.',
    {
      okta: () => ({ pushImmediately: false }),
    },
  ),
  'flag-left-out': fault('flag-left-out', [17, 20], 'The Tenant URL lacks the compliance flag.', {
    entra: ({ tenantUrl }) => ({ tenantUrl: unflagged(tenantUrl) }),
  }),
  'matching-by-external-id': fault('matching-by-external-id', [23], 'People are matched by externalId.', {
    entra: () => ({ matching: 'externalId' }),
  }),
  'external-id-nickname': fault('external-id-nickname', [24], 'externalId is mapped from mailNickname.', {
    entra: mapped({ externalId: 'mailNickname' }),
  }),
  'username-not-mail': fault(
    'username-not-mail',
    [29, 30],
    'userName is made from something else than mail.',
    {
      okta: () => ({ usernameFormat: 'email-prefix' }),
      entra: () => ({ principalNames: 'onmicrosoft' }),
    },
  ),
  'update-unticked': fault('update-unticked', [36], 'Update is not ticked.', {
    okta: () => ({ updateUsers: false }),
    entra: allowed({ update: false }),
  }),
  'deactivate-unticked': fault('deactivate-unticked', [36], 'Deactivate, or Delete, is not ticked.', {
    okta: () => ({ deactivateUsers: false }),
    entra: allowed({ delete: false }),
  }),
  'department-outside-namespace': fault(
    'department-outside-namespace',
    [41],
    'Enterprise attributes have no external namespace.',
    { okta: () => ({ enterpriseNamespace: false }) },
  ),
  'mapping-left-out': fault('mapping-left-out', [41], 'The mappings of title and department were deleted.', {
    entra: mapped({
      deleted: ['title', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department'],
    }),
  }),
  'groups-left-out': fault('groups-left-out', [39], 'The mapping of groups is off.', {
    entra: () => ({ groups: false }),
  }),
  'external-id-in-path': fault('external-id-in-path', [47], 'People are addressed by their externalId.', {
    entra: () => ({ addressesBy: 'externalId' }),
  }),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;
