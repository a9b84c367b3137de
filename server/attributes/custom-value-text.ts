// Values of custom attributes as the text of a cell in a file, and back. Knows types and the separator, no file. Pure.
import type { CustomAttribute, CustomValue } from '../../shared/custom-attributes.ts';
import type { ImportProblem } from '../../shared/member-import.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { ProtocolError } from '../scim/protocol/protocol-error.ts';
import { readValue } from '../scim/protocol/read-value.ts';
import { scimAttribute } from './attribute-definitions.ts';

const wrongType: Readonly<Record<CustomAttribute['type'], ImportProblem>> = {
  string: 'unstorable',
  reference: 'unstorable',
  boolean: 'not_boolean',
  integer: 'not_integer',
  decimal: 'not_decimal',
  dateTime: 'not_time',
};

/** "Fire; Glaze": several values are parted by semicolons; one within a value has a backslash before it. */
export function textOfValue(value: CustomValue | undefined): string {
  if (value === undefined) return '';
  if (typeof value !== 'object') return String(value);
  return value.map((one) => String(one).replace(/[\\;]/g, '\\$&')).join('; ');
}

/** What a cell that is not empty says, by its attribute; or what is wrong with it, and with which of its values. */
export function valueOfText(
  attribute: CustomAttribute,
  text: string,
): { readonly value: CustomValue | undefined } | { readonly problem: ImportProblem; readonly value: string } {
  const texts = attribute.multiValued ? partsOf(text) : [text];
  const single = scimAttribute({ ...attribute, multiValued: false, required: false });
  const form = (one: string) => (attribute.caseExact ? one : foldCase(one));
  const listed = new Set(attribute.canonicalValues.map(form));
  for (const one of texts) {
    if (readText(single, one) === undefined) return { problem: wrongType[attribute.type], value: one };
    if (listed.size > 0 && !listed.has(form(one))) return { problem: 'not_listed', value: one };
  }
  // Together once more, as a list holds no value twice.
  const whole = scimAttribute({ ...attribute, required: false });
  const value = attribute.multiValued ? readText(whole, texts) : readText(single, text);
  return { value: value as CustomValue | undefined };
}

function readText(attribute: ReturnType<typeof scimAttribute>, text: string | readonly string[]) {
  try {
    // Numbers and yes or no stand for themselves in a text.
    return readValue(attribute, text, attribute.name, { strict: true, note: () => undefined });
  } catch (error) {
    if (error instanceof ProtocolError) return undefined;
    throw error;
  }
}

function partsOf(text: string): readonly string[] {
  const parts = text.match(/(?:\\[\s\S]|[^\\;])+/g) ?? [];
  return parts.map((part) => part.replace(/\\([\\;])/g, '$1').trim()).filter((part) => part !== '');
}
