// The addresses of an identity provider's console: read for the ids in them, and made from those ids. Nothing else of an
// address is kept, so that no session that may stand in one is. Pure.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import { AppError } from '../core/app-error.ts';
import { setups } from './setups.ts';

/** The parts of addresses that differ from app to app, by the names that the links give them. */
export type ConsoleIds = Readonly<Record<string, string>>;

const okta = {
  host: /^(?<org>[a-z0-9][a-z0-9-]{0,62})-admin\.(?<domain>okta\.com|oktapreview\.com|okta-emea\.com)$/,
  path: /^\/admin\/app\/(?<app>[\w-]{1,100})\/instance\/(?<instance>[A-Za-z0-9]{1,40})(?:\/|$)/,
};

const guid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';
const entra = {
  hosts: ['entra.microsoft.com', 'portal.azure.com'],
  servicePrincipal: new RegExp(`/objectId/(?<servicePrincipalId>${guid})(?:/|$)`, 'i'),
  application: new RegExp(`/appId/(?<appId>${guid})(?:/|$)`, 'i'),
};

/** What an admin is asked to open when an address tells nothing. */
const expected: Readonly<Record<ConnectionKind, string>> = {
  okta: 'in Okta’s admin console (its address has -admin.okta.com and /admin/app/ in it)',
  entra: 'in the Entra admin center (its address has /objectId/ and /appId/ in it)',
  other: 'in the console of Okta or Entra; for other identity providers there is nothing to remember',
};

/**
 * The ids in an address of the console: of Okta `org`, `domain`, `app`, `instance`, of Entra `servicePrincipalId`, `appId`.
 * @throws AppError `console.unknown_address`
 */
export function readConsoleAddress(kind: ConnectionKind, address: string): ConsoleIds {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const ids = url?.protocol === 'https:' && url.port === '' ? idsIn(kind, url) : undefined;
  if (ids === undefined) throw new AppError('console.unknown_address', { expected: expected[kind] });
  return ids;
}

function idsIn(kind: ConnectionKind, url: URL): ConsoleIds | undefined {
  switch (kind) {
    case 'okta':
      return groupsOf(okta.host.exec(url.hostname), okta.path.exec(url.pathname));
    case 'entra':
      if (!entra.hosts.includes(url.hostname)) return undefined;
      return groupsOf(entra.servicePrincipal.exec(url.hash), entra.application.exec(url.hash));
    case 'other':
      return undefined;
  }
}

/** The named parts of all matches; nothing unless every pattern matched. */
function groupsOf(...matches: readonly (RegExpExecArray | null)[]): ConsoleIds | undefined {
  if (matches.includes(null)) return undefined;
  return Object.assign({}, ...matches.map((match) => match?.groups));
}

/** Where a step is done: its own page if the ids for it are known, otherwise the nearest page above; null for none. */
export function consoleHref(kind: ConnectionKind, stepId: string, ids: ConsoleIds): string | null {
  const { steps, frontPages } = setups[kind];
  const own = steps.find(({ id }) => id === stepId)?.link;
  const links = own == null ? frontPages : [own, ...frontPages];
  return links.map((link) => filled(link, ids)).find((href) => href !== undefined) ?? null;
}

function filled(link: string, ids: ConsoleIds): string | undefined {
  const names = [...link.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  if (names.some((name) => ids[name] === undefined)) return undefined;
  return link.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name] ?? ''));
}
