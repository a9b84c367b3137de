// What is wrong with a connection as far as it concerns one person: the findings about them or about everybody, and its
// silence. Reads findings, finds none of its own.

import type { StoryLine, StoryRemedy } from '../../shared/explanation.ts';
import type { Finding } from '../../shared/finding.ts';
import type { ConnectionSync, SyncState } from '../../shared/sync-status.ts';
import type { Db } from '../db/database.ts';
import { findConsoleIds } from './checklist-store.ts';
import { consoleHref } from './console-links.ts';
import { storedFindings } from './finding-store.ts';
import { setups } from './setups.ts';
import { facts } from './story-sentences.ts';

/** A line of the story, with what mends it. */
export interface Trouble {
  /** The rule of the finding; null for a state of the connection that no finding tells. */
  readonly rule: string | null;
  readonly line: StoryLine;
  readonly remedy: StoryRemedy | null;
}

/** Two faults are as many as anybody mends at a time. */
const most = 2;

/** States in which nothing that happens at the identity provider arrives. */
const deaf: ReadonlySet<SyncState> = new Set(['paused', 'silent', 'quarantine']);

/** What is wrong now with the connection, for one person or, without `memberId`, for anybody; the most urgent first. */
export async function connectionTrouble(
  db: Db,
  orgId: string,
  sync: ConnectionSync,
  memberId?: string,
): Promise<readonly Trouble[]> {
  const stored = await storedFindings(db, orgId, sync.connectionId);
  const about = new Map(stored.map(({ rule, seen }) => [rule, seen.people]));
  const concerning = sync.findings.filter((finding) => {
    const people = about.get(finding.rule) ?? [];
    if (people.length > 0) return memberId !== undefined && people.includes(memberId);
    return concernsEverybody(finding, sync.state);
  });
  const found = concerning.slice(0, most).map(ofFinding);
  if (found.length > 0 || !deaf.has(sync.state)) return found;
  const { sentence, lastContactAt: at } = sync;
  return [
    {
      rule: null,
      line: { sentence: at === null ? sentence : facts.lastHeard(sentence), at, isWrong: true, source: null },
      remedy: { sentence: sync.expectation, console: null, step: stepOf(sync), setting: null },
    },
  ];
}

/** A token that ends one day is no reason for anything yet; silence is, unless somebody wanted it. */
function concernsEverybody({ rule, severity }: Finding, state: SyncState): boolean {
  return severity !== 'warning' || (rule.startsWith('silence.') && state !== 'paused');
}

function ofFinding(finding: Finding): Trouble {
  const { id: findingId, rule, sentence, detail, firstSeenAt: at, connectionId, stepId, remedy } = finding;
  return {
    rule,
    line: { sentence, at, isWrong: true, source: { kind: 'finding', findingId } },
    remedy:
      detail === null && remedy === null
        ? null
        : {
            sentence: detail ?? sentence,
            console: remedy,
            step: connectionId !== null && stepId !== null ? { connectionId, stepId } : null,
            setting: null,
          },
  };
}

/** A token is pasted with the address; whoever has gone quiet is started again. */
function stepOf({ connectionId, state }: ConnectionSync): StoryRemedy['step'] {
  return { connectionId, stepId: state === 'paused' ? 'credentials' : 'start' };
}

/** Where a step of the set-up is done: in the console, and here. */
export async function placeOfStep(
  db: Db,
  orgId: string,
  { connectionId, kind }: Pick<ConnectionSync, 'connectionId' | 'kind'>,
  stepId: string,
): Promise<Pick<StoryRemedy, 'console' | 'step'>> {
  const { console, steps } = setups[kind];
  const step = steps.find(({ id }) => id === stepId);
  if (step === undefined) return { console: null, step: null };
  const ids = await findConsoleIds(db, orgId, connectionId);
  return {
    console:
      step.labels.length === 0
        ? null
        : { console, labels: step.labels, href: consoleHref(kind, stepId, ids) },
    step: { connectionId, stepId },
  };
}
