// Provisioning records in words: how a request went, who sent it, which departures from the standard were put up with.
// Pure.
import type { Outputs } from '../lib/api.ts';
import type { Tone } from '../parts/status-mark.tsx';

export type RequestRecord = Outputs['records']['list'][number];

/** Each departure from the standard, by the name that the server notes it under. */
export const quirkWords: Readonly<Record<string, string>> = {
  'op-case': 'An operation was written with a capital letter.',
  'boolean-as-string': 'True or false came as a text; it was read as meant.',
  'number-as-string': 'A number came as a text; it was read as meant.',
  'single-as-array': 'A value that there is only one of came as a list of one.',
  'array-as-single': 'One bare value came where a list belongs.',
  'string-as-complex': 'A bare text came where a value with parts belongs; it was read as the value itself.',
  'simple-as-complex': 'A plain value of a list came wrapped as a value with parts.',
  'empty-string-as-removal': 'An empty text stood for “no value”.',
  'dotted-key': 'A path such as “name.familyName” was written as a key.',
  'urn-key': 'A full attribute name was written as a key.',
  'missing-path': 'An operation did not say what it is about.',
  'read-only-ignored': 'A value that only Rollcall sets was sent; it stayed as it is.',
  'unknown-attribute': 'An attribute that Rollcall does not know was left out.',
  'unknown-schema': 'A schema that Rollcall does not know was left out.',
  'schemas-missing': 'The request did not name its schemas.',
  'scim-1.1-schema': 'The request named a schema of the older SCIM 1.1.',
  'password-ignored': 'A password was sent; it was neither read nor kept. Switch password sync off.',
  'remove-by-value-list': 'Members to remove were listed beside the operation, not in its path.',
  'unmatched-filter-made-entry': 'A filter found no entry to change, so one was made from it.',
  'manager-without-urn': 'The manager was sent without the name of its schema.',
  'json-in-string': 'A value with parts came as one text.',
  'group-urn-unknown': 'The group named a schema of Microsoft’s own.',
  'several-primaries': 'Several entries were marked as the main one; the last one kept the mark.',
  'required-missing': 'An attribute that your organization requires had no value.',
  'value-not-listed': 'A value is not among those your organization listed; it was kept.',
  'stray-query': 'The address carried parameters that mean nothing.',
  'stray-slash': 'The address carried slashes too many.',
  'compliance-flag': 'Entra’s flag for its newer behaviour arrived as part of the address.',
};

/** A noted departure, such as `unknown-attribute:nickName`, in a sentence. */
export function quirkSentence(noted: string): string {
  const [name = '', ...path] = noted.split(':');
  const words = quirkWords[name] ?? name;
  return path.length === 0 ? words : `${path.join(':')}: ${words}`;
}

export function toneOf({ status }: Pick<RequestRecord, 'status'>): Tone {
  if (status >= 500) return 'bad';
  return status >= 400 ? 'attention' : 'ok';
}

const clients: Readonly<Record<string, string>> = {
  okta: 'Okta',
  'okta-spec-test': 'Okta’s test suite',
  entra: 'Entra ID',
  curl: 'curl, from a terminal',
};

export function clientName(client: string): string {
  return clients[client] ?? client.replace(/^other:/, '');
}

/** "created", "Refused: token revoked" with its first letter large; "Answered" where nothing is said. */
export function outcomeOf({ outcome }: Pick<RequestRecord, 'outcome'>): string {
  return outcome === '' ? 'Answered' : outcome.charAt(0).toUpperCase() + outcome.slice(1);
}

/** The path without what every request begins with: "/Users/{id}". */
export function pathOf(path: string): string {
  return path.replace(/^\/+scim\/+v2(?=\/)/, '');
}

/** "0.8 ms", "12 ms", "1.4 s" */
export function durationOf({ durationUs }: Pick<RequestRecord, 'durationUs'>): string {
  if (durationUs >= 1_000_000) return `${(durationUs / 1_000_000).toFixed(1)} s`;
  return durationUs >= 10_000
    ? `${Math.round(durationUs / 1000)} ms`
    : `${(durationUs / 1000).toFixed(1)} ms`;
}

/** "10:04:31", with the date in front when it was another day. */
export function momentOf(at: number, now: number): string {
  const date = new Date(at);
  const time = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  if (date.toDateString() === new Date(now).toDateString()) return time;
  return `${date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${time}`;
}
