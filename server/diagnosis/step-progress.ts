// How far a step has come by what was seen, and how that is said. Pure; it knows proofs, no step by its name.
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import { conjoined } from '../core/conjoined.ts';
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
  /** Whether what was seen last is wrong. */
  readonly failing?: boolean;
}

/** How requests are counted, and what somebody does who wants to see one. */
const words: Readonly<Record<WireProof, { readonly seen: (n: number) => string; readonly trying: string }>> =
  {
    reached: { seen: (n) => `${n} ${n === 1 ? 'call' : 'calls'}`, trying: 'calling' },
    arrived: { seen: ofPeople, trying: 'assigning somebody' },
    created: { seen: (n) => `${n} created`, trying: 'create' },
    updated: { seen: (n) => `${n} updated`, trying: 'update' },
    deactivated: { seen: (n) => `${n} deactivated`, trying: 'deactivate' },
    reactivated: { seen: (n) => `${n} brought back`, trying: 'bring back' },
    group: { seen: (n) => `${n} ${n === 1 ? 'group' : 'groups'}`, trying: 'sending a group' },
    members: { seen: (n) => `${n} ${n === 1 ? 'change' : 'changes'} of members`, trying: 'adding members' },
    cycle: { seen: (n) => `${n} ${n === 1 ? 'cycle' : 'cycles'}`, trying: 'coming back' },
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

/** The people whom shares of attributes count. */
export interface Arrivals {
  /** When the newest came; Unix milliseconds. */
  readonly newestAt: number;
  /** Whether these are all; otherwise they are the newest. */
  readonly all: boolean;
}

const untouched: Progress = { done: 0, of: 1, begun: false, proof: null, note: null };

/** Progress of "user names are e-mail addresses": all of them are, or not. */
export function progressByUserNames(attributes: readonly AttributeCount[], arrivals: Arrivals): Progress {
  const share = attributes.find(({ attribute }) => attribute === 'userName');
  if (share === undefined || share.of === 0) return untouched;
  const { of, wrong, wrongExample } = share;
  if (wrong > 0) {
    const note = `${wrong} of ${ofPeople(of)} came with a user name that is no e-mail address, such as “${wrongExample}”.`;
    return { ...untouched, begun: true, note };
  }
  const sentence = `${whoCame(of, arrivals)} with an e-mail address as user name.`;
  return { ...untouched, done: 1, begun: true, proof: { sentence, at: arrivals.newestAt, recordSeq: null } };
}

/** Progress of the mapping: how many of the attributes that are needed everybody carries, and rightly. */
export function progressByAttributes(attributes: readonly AttributeCount[], arrivals: Arrivals): Progress {
  const needed = attributes.filter(({ required }) => required);
  const [first] = needed;
  if (first === undefined || first.of === 0) return { ...untouched, of: Math.max(needed.length, 1) };
  const lacking = needed.filter(({ people, of, wrong }) => people < of || wrong > 0);
  const progress = { done: needed.length - lacking.length, of: needed.length, begun: true };
  if (lacking.length > 0) {
    const names = conjoined(lacking.map(({ attribute }) => attribute));
    return { ...progress, proof: null, note: `Not everybody comes with the right ${names}.` };
  }
  const sentence = `${whoCame(first.of, arrivals)} with everything that is needed.`;
  return { ...progress, proof: { sentence, at: arrivals.newestAt, recordSeq: null }, note: null };
}

/** How single sign-on stands; times are Unix milliseconds. */
export interface SignInFacts {
  /** When somebody last came in by it as it is set up now, and who, if that is known. */
  readonly proven: { readonly at: number; readonly who: string | null } | null;
  /** What was said of the last sign-in, if it failed and nobody has come in since. */
  readonly failing: { readonly sentence: string } | null;
}

/** Progress of single sign-on: a real sign-in proves it, and one that fails takes the proof away. */
export function progressBySignIn(signIn: SignInFacts | undefined, caller: string): Progress {
  if (signIn === undefined) return untouched;
  const { proven, failing } = signIn;
  if (failing !== null)
    return { ...untouched, begun: true, failing: true, note: `The last sign-in failed. ${failing.sentence}` };
  if (proven === null) {
    const note = 'It is set up, and nobody has come in by it yet. Sign in once in a browser to prove it.';
    return { ...untouched, begun: true, note };
  }
  const sentence = `${proven.who ?? 'Somebody'} signed in through ${lowered(caller)}.`;
  return { ...untouched, done: 1, begun: true, proof: { sentence, at: proven.at, recordSeq: null } };
}

/** "All 12 people came". */
function whoCame(n: number, { all }: Arrivals): string {
  if (n === 1) return 'One person came';
  return all ? `All ${n} people came` : `The newest ${n.toLocaleString('en-US')} people came`;
}

function ofPeople(n: number): string {
  return `${n} ${n === 1 ? 'person' : 'people'}`;
}

function listed(words: readonly string[]): string {
  return words.join(', ');
}
