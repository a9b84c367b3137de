// Explains why a member, also one who was removed, has the status they have: gathers what is known of them and has the
// story told. Changes nothing.
import type { Explanation, StoryRemedy, StorySource } from '../../shared/explanation.ts';
import type { OrgSettings } from '../../shared/org-settings.ts';
import type { ConnectionSync } from '../../shared/sync-status.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { findTombstone } from '../db/tombstone-store.ts';
import { type MemberProfile, memberProfile } from '../members/member-profile.ts';
import { findMember, type MemberRow } from '../members/member-store.ts';
import { type DatedEvent, tellEvents } from '../members/member-timeline.ts';
import { personOf } from '../members/person-of.ts';
import type { RemovedMember } from '../members/removed-member-store.ts';
import { eventsAbout } from '../members/timeline-store.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { isVerifiedDomain } from '../orgs/domain-store.ts';
import { findOrg } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { connectionTrouble, placeOfStep } from './connection-trouble.ts';
import { holdersOf, openHoldOf, requestBehind } from './explanation-store.ts';
import { callerOf, type DiagnosisDeps } from './finding-evidence.ts';
import { presentStory, removedStory, type StoryFacts } from './member-story.ts';
import { readSyncStatus } from './read-sync-status.ts';
import { refusedPerson, requestWords } from './refused-person.ts';
import { tellingEvents } from './telling-events.ts';

/** What decided is among so many of the latest events, or is not told. */
const latestEvents = 100;
const day = 24 * 60 * 60 * 1000;

/** Where each kind of identity provider lets people in. */
export const assignStep = { okta: 'assign', entra: 'assign', other: 'users' } as const;

/** @throws AppError `member.not_found` for somebody who never was here, `org.not_found` */
export async function explainMember(
  deps: DiagnosisDeps,
  orgId: string,
  memberId: string,
): Promise<Explanation> {
  const { db } = deps.database;
  const org = await findOrg(db, orgId);
  if (org === undefined) throw new AppError('org.not_found', { org: orgId });
  const settings = settingsOf(org);
  const member = await findMember(db, orgId, memberId);
  return member === undefined
    ? explainRemoved(deps, orgId, memberId, settings)
    : explainPresent(deps, orgId, member, settings);
}

async function explainPresent(
  deps: DiagnosisDeps,
  orgId: string,
  member: MemberRow,
  settings: OrgSettings,
): Promise<Explanation> {
  const { db } = deps.database;
  const profile = await memberProfile(deps, orgId, member.id);
  const latest = await tellEvents(
    db,
    orgId,
    await eventsAbout(db, orgId, member.id, { limit: latestEvents }),
  );
  const { email } = profile;
  return presentStory({
    ...(await storyFacts(deps, orgId, {
      id: member.id,
      connectionId: member.connection_id,
      userName: profile.status === 'active' ? null : profile.userName,
      events: tellingEvents(profile.status, latest),
    })),
    name: profile.givenName ?? profile.name,
    email,
    profile,
    blocked: member.blocked_at !== null,
    reminders: remindersIn(latest),
    settings,
    domainVerified: email !== null && (await isVerifiedDomain(db, orgId, domainOf(email))),
    namesake: await namesakeOf(db, orgId, profile),
  });
}

async function explainRemoved(
  deps: DiagnosisDeps,
  orgId: string,
  memberId: string,
  settings: OrgSettings,
): Promise<Explanation> {
  const { db } = deps.database;
  const tombstone = await findTombstone(db, orgId, memberId);
  if (tombstone?.kind !== 'User') throw new AppError('member.not_found', { id: memberId });
  const { document, connection_id: connectionId, removed_at: removedAt } = tombstone;
  const member = document === null ? null : (JSON.parse(document) as RemovedMember).member;
  const person = member && personOf(member);
  const latest = await tellEvents(db, orgId, await eventsAbout(db, orgId, memberId, { limit: latestEvents }));
  const events = tellingEvents('removed', latest);
  return removedStory(memberId, {
    ...(await storyFacts(deps, orgId, {
      id: memberId,
      connectionId,
      userName: member?.user_name ?? null,
      events,
    })),
    name: person === null ? 'this person' : (person.givenName ?? person.name),
    email: member?.email ?? null,
    erasedAt: document === null ? null : removedAt + settings.retention.removedPeopleDays * day,
  });
}

/** What every story needs: the requests behind its events, the hold, the connection with what is wrong with it. */
async function storyFacts(
  deps: DiagnosisDeps,
  orgId: string,
  about: {
    readonly id: string;
    readonly connectionId: string | null;
    /** By which refusals name them; null where these explain nothing. */
    readonly userName: string | null;
    readonly events: readonly DatedEvent[];
  },
): Promise<Omit<StoryFacts, 'name' | 'email'>> {
  const { db } = deps.database;
  const { connections } = await readSyncStatus(deps, orgId);
  const sync = connections.find(({ connectionId }) => connectionId === about.connectionId);
  const since = about.events[0]?.at ?? 0;
  const refused =
    about.userName === null
      ? undefined
      : await refusedPerson(db, orgId, connections, { userName: about.userName, since });
  return {
    events: about.events,
    requests: await requestsBehind(db, orgId, about.id, about.events),
    hold: (await openHoldOf(db, orgId, about.id)) ?? null,
    trouble: [
      ...(refused === undefined ? [] : [refused]),
      ...(sync === undefined ? [] : await connectionTrouble(db, orgId, sync, about.id)),
    ],
    manager: sync === undefined ? null : await managerFacts(db, orgId, sync),
  };
}

async function managerFacts(
  db: Db,
  orgId: string,
  sync: ConnectionSync,
): Promise<{ readonly caller: string } & Pick<StoryRemedy, 'console' | 'step'>> {
  return { caller: callerOf(sync), ...(await placeOfStep(db, orgId, sync, assignStep[sync.kind])) };
}

async function requestsBehind(
  db: Db,
  orgId: string,
  subjectId: string,
  events: readonly DatedEvent[],
): Promise<ReadonlyMap<number, StorySource>> {
  const requests = new Map<number, StorySource>();
  for (const { seq, at, actor } of events) {
    if (actor.kind !== 'connection') continue;
    const connectionId = actor.id;
    const found = await requestBehind(db, orgId, { connectionId, subjectId, at });
    if (found === undefined) continue;
    requests.set(seq, { kind: 'record', connectionId, seq: found.seq, request: requestWords(found) });
  }
  return requests;
}

/** The reminders since the latest invitation; `latest` has the newest event first. */
function remindersIn(latest: readonly DatedEvent[]): {
  readonly count: number;
  readonly lastAt: number | null;
} {
  const invited = latest.findIndex(({ type }) => type === 'member.invited');
  const since = invited < 0 ? latest : latest.slice(0, invited);
  const nudges = since.filter(({ type }) => type === 'member.nudged');
  return { count: nudges.length, lastAt: nudges[0]?.at ?? null };
}

/** Somebody else who has the person's address or name among theirs: mail and sign-in may go to the wrong one of them. */
async function namesakeOf(
  db: Db,
  orgId: string,
  { id, email, userName }: MemberProfile,
): Promise<{ readonly id: string; readonly name: string } | null> {
  const addresses = new Set([email ?? userName, userName].map(foldCase));
  for (const address of addresses) {
    const other = (await holdersOf(db, orgId, address)).find((holder) => holder !== id);
    const row = other === undefined ? undefined : await findMember(db, orgId, other);
    if (row !== undefined) return { id: row.id, name: personOf(row).name };
  }
  return null;
}
