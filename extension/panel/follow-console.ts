// Where in an identity provider's console somebody is, told by its address. Pure; it knows consoles, no browser.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { Checklist, ChecklistStep } from '../../shared/setup-checklist.ts';

interface Console {
  /** What the browser is asked for; a match pattern cannot say "ends in -admin". */
  readonly origins: readonly string[];
  readonly host: RegExp;
  /** What an address of one app has in it, part by part. */
  readonly ids: readonly RegExp[];
}

const okta: Console = {
  origins: ['https://*.okta.com/*', 'https://*.oktapreview.com/*', 'https://*.okta-emea.com/*'],
  host: /^[a-z0-9][a-z0-9-]*-admin\.(?:okta|oktapreview|okta-emea)\.com$/,
  ids: [/\/admin\/app\/([\w-]+)\/instance\/[A-Za-z0-9]+/, /\/admin\/app\/[\w-]+\/instance\/([A-Za-z0-9]+)/],
};

const entra: Console = {
  origins: ['https://entra.microsoft.com/*', 'https://portal.azure.com/*'],
  host: /^(?:entra\.microsoft|portal\.azure)\.com$/,
  ids: [/\/objectId\/([\da-f-]{36})/i, /\/appId\/([\da-f-]{36})/i],
};

const consoles: Readonly<Record<ConnectionKind, Console | null>> = { okta, entra, other: null };

/**
 * The origins to ask the browser for, so that their addresses can be read: as few as will do. Of Okta the org's own host
 * is enough once it is known.
 */
export function consoleOrigins({ kind, console }: Pick<Checklist, 'kind' | 'console'>): readonly string[] {
  const { org, domain } = console;
  if (kind === 'okta' && org !== undefined && domain !== undefined)
    return [`https://${org}-admin.${domain}/*`];
  return consoles[kind]?.origins ?? [];
}

/** Every origin that may ever have been asked for, to give all of it back. */
export function everyOrigin(checklist: Pick<Checklist, 'kind' | 'console'>): readonly string[] {
  return [...new Set([...consoleOrigins(checklist), ...(consoles[checklist.kind]?.origins ?? [])])];
}

/**
 * The step to show for an address of the console; undefined for any other address. Several steps share a page: `current`
 * stays if it is one of them, otherwise it is the first of them that is not done.
 */
export function stepAt(
  { kind, steps }: Pick<Checklist, 'kind' | 'steps'>,
  address: string | undefined,
  current: string | undefined,
): ChecklistStep | undefined {
  const place = placeIn(kind, address);
  if (place === undefined) return undefined;
  const fitting = steps.filter(({ pages }) => pages.some((page) => place.includes(page)));
  return (
    fitting.find(({ id }) => id === current) ??
    fitting.find(({ state }) => state !== 'done') ??
    fitting.at(-1)
  );
}

/** Whether an address holds the ids of an app, and other ones than those that are known. */
export function tellsNewIds(
  { kind, console }: Pick<Checklist, 'kind' | 'console'>,
  address: string | undefined,
): boolean {
  const place = placeIn(kind, address);
  if (place === undefined) return false;
  const found = consoles[kind]?.ids.map((id) => id.exec(place)?.[1]) ?? [];
  const known = Object.values(console);
  return found.every((id) => id !== undefined) && !found.every((id) => known.includes(id ?? ''));
}

/** What stands behind the host of the console; undefined elsewhere. */
function placeIn(kind: ConnectionKind, address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { protocol, hostname, pathname, hash } = new URL(address);
  if (protocol !== 'https:' || consoles[kind]?.host.test(hostname) !== true) return undefined;
  return pathname + hash;
}
