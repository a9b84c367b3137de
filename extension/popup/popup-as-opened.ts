// Whether the popup stands as it does when it opens: its first list from the top and in sight, and nothing chosen, searched
// or open. Knows the popup's markup only.

const firstTab = '[role="tab"]:first-child[aria-selected="true"]';
const list = '[role="listbox"]';
/** A menu that fades out says already that it is closed. */
const underway = '[inert], [role="menu"], [aria-expanded="true"], [role="option"][aria-selected="true"]';

export function isPopupAsOpened(root: HTMLElement): boolean {
  const people = root.querySelector(list);
  // What is about to give way to another view is still there, hidden.
  const isFirst = people?.scrollTop === 0 && people.checkVisibility();
  return isFirst && root.querySelector(firstTab) !== null && root.querySelector(underway) === null;
}
