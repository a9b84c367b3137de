// Whether the popup stands as it does when it opens: its first list from the top, and nothing chosen, searched or open.
// Knows the popup's markup only.

const firstTab = '[role="tab"]:first-child[aria-selected="true"]';
const list = '[role="listbox"]';
const underway = '[inert], [aria-expanded="true"], [role="option"][aria-selected="true"]';

export function isPopupAsOpened(root: HTMLElement): boolean {
  const isFirst = root.querySelector(firstTab) !== null && root.querySelector(list)?.scrollTop === 0;
  return isFirst && root.querySelector(underway) === null;
}
