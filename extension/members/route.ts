// Where the members page stands, as its address says it: `#/people?status=invited`. Knows the address, no section.
import { useSyncExternalStore } from 'react';

/** The parts of the members page, as they stand in its address. */
export const sections = [
  'people',
  'groups',
  'connections',
  'provisioning',
  'findings',
  'holds',
  'audit',
  'mail',
  'attributes',
  'readers',
  'webhooks',
  'settings',
] as const;
export type Section = (typeof sections)[number];

/** What stands behind the section; an undefined or empty value leaves the name out. */
export type RouteParams = Readonly<Record<string, string | undefined>>;

export interface Place {
  readonly section: Section;
  readonly params: Readonly<Record<string, string>>;
}

export interface Route extends Place {
  /** Goes to a place; the browser's back button leads back. */
  go(section: Section, params?: RouteParams): void;
  /** Changes the parameters of this place without a step in the browser's history. */
  replace(params: RouteParams): void;
}

/** Reads the part of an address from its `#` on; what is no section is the first one. */
export function placeOf(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?');
  const section = sections.find((name) => name === path) ?? 'people';
  return { section, params: Object.fromEntries(new URLSearchParams(query)) };
}

/** The part of an address from its `#` on, for links. */
export function hashOf(section: Section, params: RouteParams = {}): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return `#/${section}${query === '' ? '' : `?${query}`}`;
}

/** Where the page stands now, and the ways from there. */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const place = placeOf(hash);
  return { ...place, go: goTo, replace: (params) => replaceBy(place.section, params) };
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('hashchange', listener);
  };
}

function goTo(section: Section, params: RouteParams = {}): void {
  location.hash = hashOf(section, params);
}

/** The browser tells nobody when an address is replaced. */
function replaceBy(section: Section, params: RouteParams): void {
  history.replaceState(null, '', hashOf(section, params));
  for (const listener of listeners) listener();
}
