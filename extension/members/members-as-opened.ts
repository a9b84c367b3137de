// Whether the members page stands as it does when it opens at its address: the people's list from its top, whole, and nobody
// chosen or open beside it. Knows the page's markup and its address.
import { placeOf } from './route.ts';

const list = '#people[aria-busy="false"][aria-activedescendant="person-0"]';
/** Rows on their way, somebody chosen, a menu. */
const underway = 'tbody tr:not([id]), tr[aria-selected="true"], [role="menu"], [aria-expanded="true"]';

export function isMembersAsOpened(root: HTMLElement): boolean {
  const people = root.querySelector(list);
  if (people?.parentElement?.scrollTop !== 0 || !people.checkVisibility()) return false;
  return root.querySelector(underway) === null && placeOf(location.hash).params.member === undefined;
}
