// How many people carry each attribute that a mapping should fill, and what came that does not look right. Pure.
import type { AttributeShare } from '../../shared/setup-checklist.ts';
import type { ExpectedAttribute } from './setup-step.ts';

/** A share, and how many of those who carry it carry something that does not look right. */
export interface AttributeCount extends AttributeShare {
  readonly wrong: number;
}

/** Counts over people's documents, the newest person first: the example shown is the newest one. */
export function attributeShares(
  expected: readonly ExpectedAttribute[],
  documents: readonly object[],
): readonly AttributeCount[] {
  return expected.map(({ attribute, source, required, looksRight = () => true }) => {
    const path = pathOf(attribute);
    const values = documents.map((document) => valueAt(document, path)).filter((value) => value !== '');
    const wrong = values.filter((value) => !looksRight(value));
    return {
      attribute,
      source,
      required,
      people: values.length,
      of: documents.length,
      wrong: wrong.length,
      wrongExample: wrong[0]?.slice(0, longestExample) ?? null,
    };
  });
}

const longestExample = 200;

/** "name.givenName" → ["name", "givenName"]; the URN of an extension is one step, whatever dots are in it. */
function pathOf(attribute: string): readonly string[] {
  const end = attribute.startsWith('urn:') ? attribute.lastIndexOf(':') : -1;
  if (end > 0) return [attribute.slice(0, end), attribute.slice(end + 1)];
  return attribute.split('.');
}

/** The value at a path as text: of a list the first that there is, of an object its `value`; '' for none. */
function valueAt(value: unknown, path: readonly string[]): string {
  if (Array.isArray(value)) return value.map((one) => valueAt(one, path)).find((text) => text !== '') ?? '';
  if (typeof value === 'object' && value !== null) {
    const [name = 'value', ...rest] = path;
    return valueAt((value as Readonly<Record<string, unknown>>)[name], rest);
  }
  return path.length > 0 || value === undefined || value === null ? '' : String(value);
}
