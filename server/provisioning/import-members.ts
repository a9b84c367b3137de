// Carries out an import as it was planned: each person through the one door, with an outcome for each line. Knows no file
// format and no route.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MemberRole } from '../../shared/member.ts';
import type { ImportOutcome, ImportPreview, ImportResult } from '../../shared/member-import.ts';
import type { ChangeDeps } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { enterpriseUserUrn } from '../scim/protocol/enterprise-user-schema.ts';
import { isJsonObject } from '../scim/protocol/json.ts';
import { applyDirectoryChange, type ChangeSource, type DirectoryChange } from './apply-directory-change.ts';
import { type ImportIntent, planImport } from './plan-import.ts';

/** As for other changes of many people: they share a commit, and others keep their turn. */
const together = 8;

/**
 * What importing the file would do, line by line; nothing is changed. `mayGive` are the roles that whoever asks may give.
 * @throws AppError `import.too_large`, `import.unreadable`, `import.no_address_column`
 */
export async function previewImport(
  { db }: Pick<ChangeDeps, 'db'>,
  orgId: string,
  csv: string,
  mayGive: readonly MemberRole[],
): Promise<ImportPreview> {
  const { intents: _intents, ...preview } = await planImport(db, orgId, csv, mayGive);
  return preview;
}

/**
 * Imports the file: adds who is new, changes whom no connection manages, and lets people join groups, each line by
 * itself. What the preview calls a problem is left out.
 * @throws AppError `import.too_large`, `import.unreadable`, `import.no_address_column`
 */
export async function importMembers(
  deps: ChangeDeps,
  asked: Omit<ChangeSource, 'connectionId'>,
  csv: string,
  mayGive: readonly MemberRole[],
): Promise<ImportResult> {
  const { intents, ...plan } = await planImport(deps.db, asked.orgId, csv, mayGive);
  const door: Door = (change) => applyDirectoryChange(deps, { ...asked, connectionId: null }, change);
  const outcomes: ImportOutcome[] = [];
  const joins = new Map<string, Map<string, number>>();
  for (let start = 0; start < intents.length; start += together) {
    const slice = intents.slice(start, start + together);
    outcomes.push(...(await Promise.all(slice.map((intent) => carryOut(door, intent, joins)))));
    await nextTurn();
  }
  const refusedToJoin = await joinGroups(door, joins);
  return { ...plan, outcomes: outcomes.map((outcome) => refusedToJoin.get(outcome.line) ?? outcome) };
}

type Door = <Change extends DirectoryChange>(
  change: Change,
) => ReturnType<typeof applyDirectoryChange<Change>>;

/** Writes one line; its groups are gathered in `joins`, by group the members and their lines. */
async function carryOut(
  door: Door,
  intent: ImportIntent,
  joins: Map<string, Map<string, number>>,
): Promise<ImportOutcome> {
  const { line, member, role, groups } = intent;
  try {
    const memberId =
      member === undefined ? await add(door, intent) : await change(door, intent, member.id, role);
    for (const { id } of groups)
      joins.set(id, (joins.get(id) ?? new Map<string, number>()).set(memberId, line));
    return { line, outcome: member === undefined ? 'added' : 'updated', memberId };
  } catch (error) {
    return refusal(line, error);
  }
}

async function add(door: Door, { email, texts, custom, role = 'member' }: ImportIntent): Promise<string> {
  const own: Attributes = { userName: email, emails: [{ value: email, type: 'work', primary: true }] };
  const inParts = [texts.givenName, texts.familyName].filter(Boolean).join(' ');
  const name = texts.name ?? (inParts || undefined);
  const named = withTexts({ ...own, active: true }, { ...texts, ...(name !== undefined && { name }) });
  const attributes = withCustom(named, custom);
  const standing = { role, invitedAt: null, joinedAt: null };
  const { member } = await door({ kind: 'add-member-by-hand', attributes, standing });
  return member.id;
}

async function change(
  door: Door,
  { texts, custom }: ImportIntent,
  id: string,
  role: MemberRole | undefined,
): Promise<string> {
  if (Object.keys({ ...texts, ...custom.values }).length > 0)
    await door({
      kind: 'edit-member-by-hand',
      id,
      edit: (current) => withCustom(withTexts(current, texts), custom),
    });
  if (role !== undefined) await door({ kind: 'change-role', id, role });
  return id;
}

/** The attributes with what the file says in its places; what it does not say stays. */
function withTexts(current: Attributes, texts: ImportIntent['texts']): Attributes {
  const { name, givenName, familyName, title, department } = texts;
  const within = (attribute: string, parts: Readonly<Record<string, string | undefined>>): Attributes => {
    const given = Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined);
    if (given.length === 0) return {};
    const there = current[attribute];
    return { [attribute]: { ...(isJsonObject(there) ? there : {}), ...Object.fromEntries(given) } };
  };
  return {
    ...current,
    ...(name !== undefined && { displayName: name }),
    ...(title !== undefined && { title }),
    ...within('name', { givenName, familyName }),
    ...within(enterpriseUserUrn, { department }),
  };
}

/** The attributes with the org's own that the file gives; the others stay, also those that are hidden. */
function withCustom(current: Attributes, { urn, values }: ImportIntent['custom']): Attributes {
  if (Object.keys(values).length === 0) return current;
  const there = current[urn];
  return { ...current, [urn]: { ...(isJsonObject(there) ? there : {}), ...values } };
}

/** Everybody joins a group in one change of it; tells the lines whose people could not. */
async function joinGroups(
  door: Door,
  joins: ReadonlyMap<string, ReadonlyMap<string, number>>,
): Promise<ReadonlyMap<number, ImportOutcome>> {
  const refused = new Map<number, ImportOutcome>();
  for (const [id, people] of joins) {
    const steps = [{ op: 'add', ids: [...people.keys()] }] as const;
    try {
      await door({ kind: 'edit-group', id, edit: (current) => current, steps, isExpected: () => true });
    } catch (error) {
      for (const line of people.values()) refused.set(line, refusal(line, error));
    }
    await nextTurn();
  }
  return refused;
}

/** A refusal is a line's outcome; anything else is nobody's. */
function refusal(line: number, error: unknown): ImportOutcome {
  if (!(error instanceof AppError)) throw error;
  return { line, outcome: 'refused', code: error.code, sentence: error.message };
}
