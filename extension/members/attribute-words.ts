// The org's own attributes in words. Pure.
import type { CustomAttribute } from '../../shared/custom-attributes.ts';

export const attributeTypeWords: Readonly<Record<CustomAttribute['type'], string>> = {
  string: 'Text',
  boolean: 'Yes or no',
  integer: 'Whole number',
  decimal: 'Number',
  dateTime: 'Day and time',
  reference: 'Address',
};

/** "Text, several values, one of 3, needed". */
export function attributeShape(attribute: CustomAttribute): string {
  const { type, multiValued, required, canonicalValues } = attribute;
  return [
    attributeTypeWords[type],
    multiValued && 'several values',
    canonicalValues.length > 0 && `one of ${canonicalValues.length.toLocaleString()}`,
    required && 'needed',
  ]
    .filter((part) => part !== false)
    .join(', ');
}
