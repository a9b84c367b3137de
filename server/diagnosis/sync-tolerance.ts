// What each departure from the standard means to an admin, as data: what came, what Rollcall makes of it, and whether
// there is something to switch in the console. Knows no request.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { Tolerance } from '../../shared/sync-history.ts';
import type { ToleratedSince } from '../provisioning/tolerance-tally-store.ts';
import type { Quirk } from '../scim/protocol/quirk.ts';

interface ToleranceWords {
  readonly title: string;
  readonly meaning: (caller: string) => string;
  readonly hints?: Readonly<Partial<Record<ConnectionKind, string>>>;
}

const flagOff = {
  entra: 'The flag aadOptscim062020 is off in the Tenant URL. Nothing has to be done.',
};

const words: Readonly<Record<Quirk, ToleranceWords>> = {
  'op-case': {
    title: 'Operations with a capital letter',
    meaning: (caller) => `${caller} writes “Add” and “Replace”. Rollcall reads them as “add” and “replace”.`,
    hints: flagOff,
  },
  'boolean-as-string': {
    title: 'True and false as text',
    meaning: (caller) => `${caller} sends “False” where false belongs. Rollcall reads it as meant.`,
    hints: flagOff,
  },
  'number-as-string': {
    title: 'Numbers as text',
    meaning: (caller) => `${caller} sends a number in quotes. Rollcall reads it as the number.`,
  },
  'single-as-array': {
    title: 'One value as a list',
    meaning: (caller) => `${caller} sends a list of one where there is one value. Rollcall takes the value.`,
    hints: flagOff,
  },
  'array-as-single': {
    title: 'A list as one value',
    meaning: (caller) =>
      `${caller} sends one bare value where a list belongs. Rollcall makes it a list of one.`,
  },
  'string-as-complex': {
    title: 'Text where parts belong',
    meaning: (caller) =>
      `${caller} sends a bare text for a value with parts. Rollcall takes it as the value itself.`,
    hints: flagOff,
  },
  'simple-as-complex': {
    title: 'Plain values with parts',
    meaning: (caller) =>
      `${caller} wraps a plain value of a list as a value with parts. Rollcall unwraps it.`,
  },
  'empty-string-as-removal': {
    title: 'Empty text for no value',
    meaning: (caller) => `${caller} sends an empty text to take a value away. Rollcall takes it away.`,
  },
  'dotted-key': {
    title: 'Paths as keys',
    meaning: (caller) => `${caller} writes “name.familyName” as one key. Rollcall follows the path.`,
    hints: flagOff,
  },
  'urn-key': {
    title: 'Full names as keys',
    meaning: (caller) => `${caller} writes an attribute’s full name as a key. Rollcall follows it.`,
    hints: flagOff,
  },
  'missing-path': {
    title: 'Operations without a path',
    meaning: (caller) => `${caller} leaves out what an operation is about. Rollcall finds it in the value.`,
  },
  'read-only-ignored': {
    title: 'Values that only Rollcall sets',
    meaning: (caller) => `${caller} sends a value that is Rollcall’s own, such as an id. It stays as it is.`,
  },
  'unknown-attribute': {
    title: 'Attributes that Rollcall does not know',
    meaning: () => 'They are left out; everything else of the request counts.',
    hints: {
      okta: 'Remove the attribute from the app’s mapping in Okta if nobody needs it.',
      entra: 'Delete the attribute’s mapping in Entra if nobody needs it.',
      other: 'Remove the attribute from the mapping there if nobody needs it.',
    },
  },
  'unknown-schema': {
    title: 'Schemas that Rollcall does not know',
    meaning: () => 'They are left out; everything else of the request counts.',
  },
  'schemas-missing': {
    title: 'Requests without schemas',
    meaning: (caller) =>
      `${caller} does not say which schemas it means. Rollcall reads what the address asks for.`,
  },
  'scim-1.1-schema': {
    title: 'Schemas of SCIM 1.1',
    meaning: (caller) => `${caller} names a schema of the older protocol.`,
    hints: { okta: 'Choose SCIM 2.0 in the app in Okta.', other: 'Choose SCIM 2.0 there.' },
  },
  'password-ignored': {
    title: 'Passwords',
    meaning: (caller) => `${caller} sends a password. Rollcall neither reads nor keeps it.`,
    hints: {
      okta: 'Switch off Sync Password in Okta.',
      entra: 'Delete the mapping of the password in Entra.',
      other: 'Switch off the sending of passwords there.',
    },
  },
  'remove-by-value-list': {
    title: 'Members to remove as a list',
    meaning: (caller) => `${caller} lists whom to remove beside the operation. Rollcall removes just those.`,
    hints: flagOff,
  },
  'unmatched-filter-made-entry': {
    title: 'Filters that found nothing',
    meaning: (caller) => `${caller} changes an entry that is not there yet. Rollcall makes it.`,
  },
  'manager-without-urn': {
    title: 'Manager without its schema',
    meaning: (caller) =>
      `${caller} sends the manager without the name of the schema. Rollcall knows which is meant.`,
    hints: flagOff,
  },
  'json-in-string': {
    title: 'Values wrapped in text',
    meaning: (caller) => `${caller} sends a value with parts as one text. Rollcall unwraps it.`,
    hints: {
      entra:
        'Map roles with AppRoleAssignmentsComplex or SingleAppRoleAssignment, and Entra sends them whole.',
    },
  },
  'group-urn-unknown': {
    title: 'Microsoft’s own group schema',
    meaning: (caller) =>
      `${caller} names a schema of its own for groups. Rollcall reads the group as any other.`,
  },
  'several-primaries': {
    title: 'Several main entries',
    meaning: () => 'Of several entries marked as the main one, the last keeps the mark.',
  },
  'required-missing': {
    title: 'A required attribute missing',
    meaning: () =>
      'People come without an attribute that your organization requires. They are taken in all the same.',
  },
  'value-not-listed': {
    title: 'A value that is not listed',
    meaning: () => 'A value is none of those that your organization listed. It is kept as it came.',
  },
  'stray-query': {
    title: 'Parameters that mean nothing',
    meaning: (caller) => `${caller} adds parameters to the address that Rollcall does not need.`,
  },
  'stray-slash': {
    title: 'Slashes too many',
    meaning: (caller) => `${caller} calls the address with a slash too many. Rollcall finds it.`,
    hints: {
      okta: 'Copy the base URL again and leave out the slash at its end.',
      entra: 'Copy the Tenant URL again and leave out the slash at its end.',
      other: 'Copy the base URL again and leave out the slash at its end.',
    },
  },
  'compliance-flag': {
    title: 'Entra’s flag in the address',
    meaning: (caller) => `${caller} was given ?aadOptscim062020 and keeps closer to the standard for it.`,
  },
};

/** A departure with its words; one that has no words any more goes by its name. */
export function syncTolerance(
  { quirk, path, requests, recent, lastAt }: ToleratedSince,
  kind: ConnectionKind,
  caller: string,
): Tolerance {
  const known: ToleranceWords | undefined = (words as Readonly<Record<string, ToleranceWords>>)[quirk];
  return {
    name: quirk,
    title: known?.title ?? quirk,
    meaning: known?.meaning(caller) ?? 'Rollcall put up with it.',
    hint: known?.hints?.[kind] ?? null,
    path,
    inDay: recent,
    inMonth: requests,
    lastAt,
  };
}
