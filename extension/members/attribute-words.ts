// The org's own attributes in words. Pure.
import type { CustomAttribute, CustomValue } from '../../shared/custom-attributes.ts';

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

/** "badgeNumber" and "badge_number" as "Badge number". */
export function attributeLabel(name: string): string {
  const words = name.replace(
    /([a-z\d])([A-Z])(?=[a-z])/g,
    (_, end, start) => `${end} ${start.toLowerCase()}`,
  );
  const spaced = words.replace(/[_-]+/g, ' ').trim();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** A value as people read it: "Yes", "Fire, Glaze". */
export function valueWords(value: CustomValue): string {
  if (typeof value === 'object') return value.map(valueWords).join(', ');
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}
