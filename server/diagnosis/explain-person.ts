// Explains somebody by whatever an admin has of them: address, user name, externalId or id; also somebody whom nobody ever
// saw. Changes nothing.
import {
  type Explanation,
  type StoryLine,
  type StoryRemedy,
  storyHeadings,
} from '../../shared/explanation.ts';
import type { ConnectionSync } from '../../shared/sync-status.ts';
import { editDistance } from '../core/edit-distance.ts';
import { readKeyPage } from '../members/member-pages.ts';
import { findMembers } from '../members/member-store.ts';
import { personOf } from '../members/person-of.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { connectionTrouble, placeOfStep } from './connection-trouble.ts';
import { assignStep, explainMember } from './explain-member.ts';
import { membersNamed, removedNamed } from './explanation-store.ts';
import { callerOf, type DiagnosisDeps } from './finding-evidence.ts';
import { readSyncStatus } from './read-sync-status.ts';
import { refusedPerson } from './refused-person.ts';
import { advice, facts } from './story-sentences.ts';

/** So many lines and remedies for somebody unknown, as for everybody. */
const mostLines = 4;
const mostRemedies = 2;

/**
 * The story of everybody whom the text names: of those who are here; else of the one who was removed last; else why
 * nobody is. Never empty.
 * @throws AppError `org.not_found`
 */
export async function explainPerson(
  deps: DiagnosisDeps,
  orgId: string,
  text: string,
): Promise<readonly Explanation[]> {
  const { database } = deps;
  const present = await membersNamed(database.db, orgId, text);
  const ids = present.length > 0 ? present : (await removedNamed(database, orgId, text)).slice(0, 1);
  if (ids.length === 0) return [await explainUnknown(deps, orgId, text)];
  const told: Explanation[] = [];
  for (const id of ids) told.push(await explainMember(deps, orgId, id));
  return told;
}

async function explainUnknown(deps: DiagnosisDeps, orgId: string, text: string): Promise<Explanation> {
  const { db } = deps.database;
  const { connections } = await readSyncStatus(deps, orgId);
  const refused = await refusedPerson(db, orgId, connections, { userName: text, since: 0 });
  const alike = await alikeTo(deps, orgId, text);
  const missing = await whyMissing(deps, orgId, connections);
  const never: StoryLine = { sentence: facts.neverSeen(text), at: null, isWrong: false, source: null };
  return {
    memberId: null,
    name: text,
    email: null,
    status: 'unknown',
    heading: storyHeadings.unknown(text),
    lines: [never, ...(refused ? [refused.line] : []), ...alike, ...missing.lines].slice(0, mostLines),
    remedies: missing.remedies.slice(0, mostRemedies),
  };
}

/** What of the connections explains that somebody never came, and what brings them. */
async function whyMissing(
  { database: { db } }: DiagnosisDeps,
  orgId: string,
  connections: readonly ConnectionSync[],
): Promise<Pick<Explanation, 'lines' | 'remedies'>> {
  const lines: StoryLine[] = [];
  const remedies: StoryRemedy[] = [];
  for (const sync of connections) {
    const trouble = await connectionTrouble(db, orgId, sync);
    lines.push(...trouble.map(({ line }) => line));
    remedies.push(...trouble.flatMap(({ remedy }) => remedy ?? []));
    if (trouble.length > 0) continue;
    const tested = sync.lastContactAt !== null;
    lines.push({
      sentence: tested ? facts.neverSent(sync.name) : facts.neverTested(sync.name),
      at: sync.lastContactAt,
      isWrong: !tested,
      source: null,
    });
    remedies.push({
      sentence: tested ? advice.assign(callerOf(sync)) : advice.test(sync.name),
      setting: null,
      ...(await placeOfStep(db, orgId, sync, tested ? assignStep[sync.kind] : 'credentials')),
    });
  }
  if (connections.length > 0) return { lines, remedies };
  return {
    lines: [{ sentence: facts.noConnection, at: null, isWrong: true, source: null }],
    remedies: [{ sentence: advice.connect, console: null, step: null, setting: null }],
  };
}

/** So many letters amiss are a slip of the pen. */
const slip = 2;
const candidates = 100;

/** Somebody whose address or user name is nearly the text, or is what stands before its "@". */
async function alikeTo(deps: DiagnosisDeps, orgId: string, text: string): Promise<readonly StoryLine[]> {
  const folded = foldCase(text);
  const [mailbox = ''] = folded.split('@');
  const ids = new Set<string>();
  for (const search of mailbox.split(/[^\p{Letter}\p{Number}]+/u).filter((word) => word.length > 1)) {
    const page = await readKeyPage(deps.database, orgId, {
      filter: { search },
      sort: 'name',
      backward: false,
      limit: candidates,
    });
    for (const id of page.ids) ids.add(id);
  }
  if (ids.size === 0) return [];
  const people = await findMembers(deps.database.db, orgId, [...ids]);
  const near = people
    .map((member) => {
      const names = [member.user_name_norm, ...(member.email_norm === null ? [] : [member.email_norm])];
      const far = names.map((name) => (name === mailbox ? 0 : editDistance(name, folded)));
      return { member, far: Math.min(...far) };
    })
    .filter(({ far }) => far <= slip)
    .sort((a, b) => a.far - b.far);
  return near.slice(0, 1).map(({ member }) => ({
    sentence: facts.alike(personOf(member).name, member.email ?? member.user_name),
    at: null,
    isWrong: false,
    source: { kind: 'member', memberId: member.id },
  }));
}
