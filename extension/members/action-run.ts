// Carries something out for many people, slice by slice, so that progress can be told and somebody can stop it. Pure but
// for what it is given to call.
import type { MemberActionOutcome, MemberActionRequest } from '../../shared/member-action.ts';

/** What came of it so far. */
export interface RunResult {
  readonly done: number;
  readonly refused: readonly Extract<MemberActionOutcome, { outcome: 'refused' }>[];
  /** In the order in which it has to be undone. */
  readonly undo: readonly MemberActionRequest[];
  /** Whom it did not come to, because it was stopped or the server could not be reached. */
  readonly left: readonly string[];
  readonly error: unknown;
}

export const nothingYet: RunResult = { done: 0, refused: [], undo: [], left: [], error: undefined };

/** So many go in one request: progress is seen, and one transaction stays short. */
export const sliceSize = 50;

/** What one request answers. */
export interface SliceAnswer {
  readonly outcomes: readonly MemberActionOutcome[];
  readonly undo: readonly MemberActionRequest[];
}

/** Runs until everybody has had their turn, `isStopped` says so, or a request fails. */
export async function runForAll(
  ids: readonly string[],
  change: (slice: readonly string[]) => Promise<SliceAnswer>,
  onProgress: (soFar: RunResult) => void,
  isStopped: () => boolean,
): Promise<RunResult> {
  let result = nothingYet;
  for (let start = 0; start < ids.length; start += sliceSize) {
    if (isStopped()) return { ...result, left: ids.slice(start) };
    try {
      const { outcomes, undo } = await change(ids.slice(start, start + sliceSize));
      const refused = outcomes.filter((one) => one.outcome === 'refused');
      result = {
        ...result,
        done: result.done + outcomes.length - refused.length,
        refused: [...result.refused, ...refused],
        undo: [...undo, ...result.undo],
      };
      onProgress(result);
    } catch (error) {
      return { ...result, left: ids.slice(start), error };
    }
  }
  return result;
}
