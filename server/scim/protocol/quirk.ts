// The catalogue of tolerances: every departure from the RFC that a client needed is noted under one of these names.

/** What each quirk means, in a sentence for the engineer who reads a provisioning record. */
export const quirks = {
  'op-case': 'A PATCH operation was written with capitals ("Replace").',
  'boolean-as-string': 'A boolean arrived as a string ("False").',
  'number-as-string': 'A number arrived as a string.',
  'single-as-array': 'A single-valued attribute arrived as an array of one.',
  'array-as-single': 'A multi-valued attribute arrived as one bare value.',
  'string-as-complex': 'A complex attribute arrived as a bare string and was read as its "value".',
  'simple-as-complex': 'A plain value of a list arrived wrapped as {"value": …}.',
  'empty-string-as-removal': 'An empty string stood for "no value".',
  'dotted-key': 'A PATCH value without path carried a path as a key ("name.familyName").',
  'urn-key': 'A PATCH value without path carried an attribute URN as a key.',
  'missing-path': 'A PATCH operation came without "path".',
  'read-only-ignored': 'A read-only attribute was sent and left as it is.',
  'unknown-attribute': 'An attribute that no schema defines was left out.',
  'unknown-schema': 'A schema URI that this directory does not know was left out.',
  'schemas-missing': 'The body did not name its schemas.',
  'scim-1.1-schema': 'The body names a SCIM 1.1 schema.',
  'password-ignored': 'A password was sent; it was neither read nor kept.',
  'remove-by-value-list': '"remove members" listed the values to remove.',
  'unmatched-filter-made-entry': 'A value filter matched nothing, so an entry was made from it.',
  'manager-without-urn': 'The manager was addressed without the enterprise schema URN.',
  'json-in-string': 'A value was a JSON document inside a string.',
  'group-urn-unknown': "Microsoft's own group schema URI was sent.",
  'several-primaries': 'More than one entry was marked primary; the last one kept the mark.',
  'required-missing': 'An attribute that the organization requires came without a value.',
  'value-not-listed': 'A value came that is not among those the organization listed.',
  'stray-query': 'The address carried empty or unknown query parameters.',
  'stray-slash': 'The address carried doubled or trailing slashes.',
  'compliance-flag': "Entra's ?aadOptscim062020 flag reached the server.",
} as const satisfies Record<string, string>;

export type Quirk = keyof typeof quirks;

/**
 * How a request is read: by the letter or with tolerance, and where tolerances are noted.
 * `note` gets the attribute path that the quirk touched, never a value.
 */
export interface Reading {
  readonly strict: boolean;
  note(quirk: Quirk, path?: string): void;
}
