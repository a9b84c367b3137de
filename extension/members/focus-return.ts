// Where the focus goes when what had it is gone. Knows two places of the page by their ids.

/** Into the people's list, once what lay over it is gone. */
export function focusList(): void {
  requestAnimationFrame(() => document.getElementById('people')?.focus());
}

/** Onto the name of the person who is shown beside the list. */
export function focusPerson(): void {
  requestAnimationFrame(() => document.getElementById('person-name')?.focus());
}
