// What an org's schema asks beyond types: values out of its lists, and none missing. Strict connections are refused, of
// tolerant ones it is noted, so that nobody's data is lost. Pure.
import type { Attributes } from '../scim/protocol/attribute.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { isJsonArray, isJsonObject } from '../scim/protocol/json.ts';
import { ProtocolError } from '../scim/protocol/protocol-error.ts';
import type { Reading } from '../scim/protocol/quirk.ts';
import type { OrgUserType } from './org-user-type.ts';

/**
 * Checks a person's attributes as they would be written; `whole` where a client sent all of them.
 * @throws ProtocolError invalidValue (strict)
 * @see RFC 7643 §7 (canonicalValues): a service provider may restrict values to those
 */
export function checkCustomValues(
  { custom }: OrgUserType,
  after: Attributes,
  reading: Reading,
  whole: boolean,
): void {
  if (custom === undefined) return;
  const written = after[custom.urn];
  const values = isJsonObject(written) ? written : {};
  for (const { name, required, canonicalValues, caseExact } of custom.attributes) {
    const value = values[name];
    const path = `${custom.urn}:${name}`;
    if (value === undefined) {
      if (required && whole && !reading.strict) reading.note('required-missing', path);
      continue;
    }
    if (canonicalValues.length === 0) continue;
    const form = (text: string) => (caseExact ? text : foldCase(text));
    const listed = new Set(canonicalValues.map(form));
    if ((isJsonArray(value) ? value : [value]).every((one) => listed.has(form(String(one))))) continue;
    if (!reading.strict) reading.note('value-not-listed', path);
    else
      throw new ProtocolError(
        'invalidValue',
        `"${path}" takes one of: ${canonicalValues.slice(0, 20).join(', ')}. Correct how your identity provider maps it.`,
      );
  }
}
