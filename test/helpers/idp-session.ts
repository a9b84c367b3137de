// A server made ready for the recorded session of an IdP: whom it meets there, and what its placeholders stand for.

import { setImmediate } from 'node:timers/promises';
import { changeDepsOf } from '../../server/audit/change-context.ts';
import { applyDirectoryChange } from '../../server/provisioning/apply-directory-change.ts';
import { type Fixture, type ReplayTarget, readSession } from './replay.ts';
import { operator, type ScimServer } from './scim-server.ts';

/** Whose sessions were recorded. */
export const recordedKinds = ['okta', 'entra'] as const;
export type RecordedKind = (typeof recordedKinds)[number];

/** The steps of the session of one kind of IdP. */
export function recordedSession(kind: RecordedKind): readonly Fixture[] {
  return readSession(new URL(`../scim/idp/${kind}`, import.meta.url).pathname);
}

/** Makes the server ready for the session, and says where it goes. */
export async function readyForSession(
  server: ScimServer,
  kind: RecordedKind,
  mode: 'tolerant' | 'strict' = 'tolerant',
): Promise<ReplayTarget> {
  const { baseUrl, token } = server;
  const known = new Map([
    ['base', baseUrl],
    ['host', new URL(baseUrl).host],
    ['token', token],
    ['jwt', jwtOfEntra],
  ]);
  if (kind === 'okta') known.set('user:dalia', await inviteByHand(server));
  return { baseUrl, strict: mode === 'strict', known };
}

// Entra signs one of its own when the secret token is left blank. No signature: nobody is to trust a claim of it.
const jwtOfEntra = [
  { alg: 'RS256', typ: 'JWT' },
  {
    iss: 'https://sts.windows.net/0b6f1f0e-52c1-4f0e-9c39-6f4be1d3a7c4/',
    aud: '8adf8e6e-67b2-4cf2-a259-e3dc5476c621',
  },
  {},
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

/** A hundred people and then Dalia, all invited by hand: the import needs two pages and Okta somebody to adopt. */
async function inviteByHand(server: ScimServer): Promise<string> {
  const source = { ...operator, orgId: server.orgId, connectionId: null };
  const standing = { role: 'member', invitedAt: server.clock.now, joinedAt: null } as const;
  const door = changeDepsOf(server.deps);
  const add = async (userName: string) => {
    const attributes = { userName, emails: [{ value: userName, type: 'work', primary: true }] };
    return applyDirectoryChange(door, source, { kind: 'add-member-by-hand', attributes, standing });
  };
  for (let n = 1; n <= 100; n++) {
    await add(`potter${n}@harbourlane.example`);
    // SQLite answers at once, so the loop would not turn, and the server would take that for overload.
    await setImmediate();
  }
  const { member } = await add('dalia.nasser@harbourlane.example');
  return member.id;
}
