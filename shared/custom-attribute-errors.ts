// The failures that an org's own attributes bring to the error catalogue.
import { type ErrorEntry, entry } from './error-entry.ts';

export const customAttributeErrors = {
  'attribute.not_found': entry<{ name: string }>(
    404,
    'NOT_FOUND',
    ({ name }) => `There is no attribute "${name}" any more. Load the list of attributes again.`,
  ),
  'attribute.too_many': entry<{ most: number }>(
    409,
    'CONFLICT',
    ({ most }) => `There are ${most} attributes already. Remove one that nobody needs, and erase its values.`,
  ),
  'attribute.name_taken': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) =>
      `There is an attribute "${name}" already, in this spelling or another. Choose another name.`,
  ),
  'attribute.name_resting': entry<{ name: string }>(
    409,
    'CONFLICT',
    ({ name }) =>
      `Values of a removed attribute "${name}" are still kept. Put it back, or erase them before the name is used anew.`,
  ),
  'attribute.misfits': entry<{ name: string; people: number }>(
    409,
    'CONFLICT',
    ({ name, people }) =>
      `${people === 1 ? 'One person carries' : `${people} people carry`} a value of "${name}" that would not fit. Correct the values first, or define another attribute.`,
  ),
} as const satisfies Record<string, ErrorEntry<never>>;
