// For how long a new token may work, as it is chosen. Pure.

export const tokenLifetimes: { readonly value: string; readonly label: string }[] = [
  { value: '90', label: '90 days' },
  { value: '180', label: '180 days' },
  { value: '365', label: '1 year' },
  { value: '730', label: '2 years' },
  { value: 'never', label: 'Until you end it' },
];

/** Days, or null for a token without an end. */
export function daysOf(lifetime: string): number | null {
  return lifetime === 'never' ? null : Number(lifetime);
}
