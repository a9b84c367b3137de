// How far a step has come by what was seen, and how that is said. Pure; it knows proofs, no step by its name.
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import type { AttributeCount } from './attribute-shares.ts';
import type { StepProof } from './setup-step.ts';
import type { Seen, WireEvidence, WireProof } from './wire-evidence.ts';

export interface Progress {
  readonly done: number;
  readonly of: number;
  /** Whether anything was seen. */
  readonly begun: boolean;
  /** What was seen, once all of it was. */
  readonly proof: ChecklistStep['proof'];
  /** What is still waited for, in place of what the step is for. */
  readonly note: string | null;
}

/** How requests are counted, and what somebody does who wants to see one. */
const words: Readonly<Record<WireProof, { readonly seen: (n: number) => string; readonly trying: string }>> =
  {
    reached: { seen: (n) => `${n} ${n === 1 ? 'call' : 'calls'}`, trying: 'calling' },
    created: { seen: (n) => `${n} created`, trying: 'create' },
    updated: { seen: (n) => `${n} updated`, trying: 'update' },
    deactivated: { seen: (n) => `${n} deactivated`, trying: 'deactivate' },
    reactivated: { seen: (n) => `${n} brought back`, trying: 'bring back' },
    group: { seen: (n) => `${n} ${n === 1 ? 'group' : 'groups'}`, trying: 'a group' },
    members: { seen: (n) => `${n} ${n === 1 ? 'change' : 'changes'} of members`, trying: 'a group’s members' },
    cycle: { seen: (n) => `${n} ${n === 1 ? 'cycle' : 'cycles'}`, trying: 'a cycle' },
  };

/** Progress of a step that requests prove; `caller` is who sends them. */
export function progressByRequests(
  { all, sentence }: Extract<StepProof, { by: 'requests' }>,
  caller: string,
  { seen }: WireEvidence,
): Progress {
  const found = all.flatMap((proof) => {
    const one = seen[proof];
    return one === undefined ? [] : [{ ...one, proof }];
  });
  const missing = all.filter((proof) => seen[proof] === undefined);
  const counted = `Seen: ${listed(found.map(({ proof, count }) => words[proof].seen(count)))}.`;
  const last = latest(found);
  const told = sentence && last?.call ? `${sentence(last.call)}.` : counted;
  return {
    done: found.length,
    of: all.length,
    begun: found.length > 0,
    proof:
      last === undefined || missing.length > 0
        ? null
        : { sentence: last.call === null ? arrivedBy(caller) : told, at: last.at, recordSeq: last.recordSeq },
    note: found.length > 0 && missing.length > 0 ? `${counted} ${untried(missing)}` : null,
  };
}

/** The request that completed the proof. */
function latest<One extends Seen>(found: readonly One[]): One | undefined {
  return [...found].sort((a, b) => a.at - b.at || (a.recordSeq ?? 0) - (b.recordSeq ?? 0)).at(-1);
}

/** Nobody's records say it any more, the directory does. */
function arrivedBy(caller: string): string {
  return `What ${lowered(caller)} sent is in the directory.`;
}

function lowered(caller: string): string {
  return caller.replace(/^Your /, 'your ');
}

function untried(missing: readonly WireProof[]): string {
  const names = conjoined(missing.map((proof) => words[proof].trying));
  const verb = missing.length === 1 ? 'has' : 'have';
  return `${names.slice(0, 1).toUpperCase()}${names.slice(1)} ${verb} not been tried.`;
}

const untouched: Progress = { done: 0, of: 1, begun: false, proof: null, note: null };

/** Progress of "user names are e-mail addresses": all of them are, or not. */
export function progressByUserNames(attributes: readonly AttributeCount[], newestAt: number): Progress {
  const share = attributes.find(({ attribute }) => attribute === 'userName');
  if (share === undefined || share.of === 0) return untouched;
  const { people, of, wrong, wrongExample } = share;
  if (wrong > 0) {
    const note = `${wrong} of ${ofPeople(of)} came with a user name that is no e-mail address, such as “${wrongExample}”.`;
    return { ...untouched, begun: true, note };
  }
  const sentence = `The user name of ${people === 1 ? 'the one person' : `all ${people} people`} who came is an e-mail address.`;
  return { ...untouched, done: 1, begun: true, proof: { sentence, at: newestAt, recordSeq: null } };
}

/** Progress of the mapping: how many of the attributes that are needed everybody carries, and rightly. */
export function progressByAttributes(attributes: readonly AttributeCount[], newestAt: number): Progress {
  const needed = attributes.filter(({ required }) => required);
  const [first] = needed;
  if (first === undefined || first.of === 0) return { ...untouched, of: Math.max(needed.length, 1) };
  const lacking = needed.filter(({ people, of, wrong }) => people < of || wrong > 0);
  const progress = { done: needed.length - lacking.length, of: needed.length, begun: true };
  if (lacking.length > 0) {
    const names = conjoined(lacking.map(({ attribute }) => attribute));
    return { ...progress, proof: null, note: `Not everybody comes with the right ${names}.` };
  }
  const sentence = `${first.of === 1 ? 'The one person' : `All ${first.of} people`} who came ${first.of === 1 ? 'carries' : 'carry'} what is needed.`;
  return { ...progress, proof: { sentence, at: newestAt, recordSeq: null }, note: null };
}

function ofPeople(n: number): string {
  return `${n} ${n === 1 ? 'person' : 'people'}`;
}

function listed(words: readonly string[]): string {
  return words.join(', ');
}

function conjoined(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length <= 1 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
