// Does something to people and keeps track of it: progress, outcome, and the way back. Knows the requests, no screen.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { inviteOutcomes } from '../../shared/invitation-terms.ts';
import type { MemberActionRequest } from '../../shared/member-action.ts';
import { type Api, useTRPCClient } from '../lib/api.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import { nothingYet, type RunResult, runForAll, type SliceAnswer } from './action-run.ts';
import { type AnyAction, doneSentence } from './member-actions.ts';

/** Somebody it is done to. */
interface Subject {
  readonly id: string;
  readonly name: string;
}

/** Something that is being done, or has been. */
export interface Undertaking {
  readonly action: AnyAction;
  readonly people: readonly Subject[];
  readonly result: RunResult;
  readonly isRunning: boolean;
}

export interface MemberActions {
  readonly current: Undertaking | undefined;
  readonly run: (action: AnyAction, people: readonly Subject[]) => Promise<RunResult>;
  readonly stop: () => void;
  /** Puts the outcome away. */
  readonly close: () => void;
}

export function useMemberAction(): MemberActions {
  const api = useTRPCClient();
  const queries = useQueryClient();
  const [current, setCurrent] = useState<Undertaking>();
  const stopped = useRef(false);
  const stop = useCallback(() => {
    stopped.current = true;
  }, []);
  const close = useCallback(() => setCurrent(undefined), []);
  const refresh = () =>
    queries.invalidateQueries({ predicate: ({ queryKey }) => (queryKey[0] as string[])?.[0] === 'members' });
  const undo = async (requests: readonly MemberActionRequest[]) => {
    try {
      const answers: SliceAnswer[] = [];
      for (const request of requests) answers.push(await api.members.change.mutate(request));
      const refused = answers.flatMap(({ outcomes }) => outcomes).find((one) => one.outcome === 'refused');
      tell(refused?.outcome === 'refused' ? refused.sentence : 'Undone. Sessions that ended stay ended.');
    } catch (error) {
      tellFailure(error);
    }
    await refresh();
  };
  const run = async (action: AnyAction, people: readonly Subject[]) => {
    stopped.current = false;
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const nameOf = (id: string) => names.get(id) ?? 'Somebody';
    const begun = { action, people };
    setCurrent({ ...begun, result: nothingYet, isRunning: true });
    const result = await runForAll(
      people.map(({ id }) => id),
      (slice) => changeSlice(api, action, slice, nameOf),
      (soFar) => setCurrent({ ...begun, result: soFar, isRunning: true }),
      () => stopped.current,
    );
    const isPlain = result.refused.length === 0 && result.left.length === 0;
    setCurrent(isPlain ? undefined : { ...begun, result, isRunning: false });
    if (isPlain && result.done > 0)
      tell(
        doneSentence(action.kind, result.done, people.length === 1 ? people[0]?.name : undefined),
        result.undo.length === 0 ? undefined : () => void undo(result.undo),
      );
    await refresh();
    return result;
  };
  return { current, run, stop, close };
}

async function changeSlice(
  api: Api,
  action: AnyAction,
  ids: readonly string[],
  nameOf: (id: string) => string,
): Promise<SliceAnswer> {
  if (action.kind !== 'invite') return api.members.change.mutate({ action, ids: [...ids] });
  const invited = await api.invitations.inviteMembers.mutate({ memberIds: [...ids] });
  const outcomes = invited.map(({ outcome }, index) => {
    const id = ids[index] ?? '';
    if (outcome === 'invited') return { id, outcome: 'done' } as const;
    const sentence = `${nameOf(id)} ${inviteOutcomes[outcome]}.`;
    return { id, outcome: 'refused', code: outcome, sentence } as const;
  });
  return { outcomes, undo: [] };
}
