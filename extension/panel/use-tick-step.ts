// Ticks a step by hand: on the screen at once, at the server behind it, with a way back. Knows one command.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { useSession } from '../lib/mount-page.tsx';
import { tell, tellFailure } from '../parts/tell.tsx';
import { withTick } from './checklist-words.ts';
import type { Tick } from './step-list.tsx';

export function useTickStep(connectionId: string): Tick {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { account } = useSession();
  const queryKey = trpc.setup.checklist.queryKey({ connectionId });
  const { mutate } = useMutation(
    trpc.setup.tick.mutationOptions({
      onMutate: async ({ stepId, ticked }) => {
        await queries.cancelQueries({ queryKey });
        const before = queries.getQueryData(queryKey);
        const tick = ticked ? { by: account.member.name, at: Date.now() } : null;
        if (before) queries.setQueryData(queryKey, withTick(before, stepId, tick));
        return { before };
      },
      onError: (error, _input, kept) => {
        if (kept?.before) queries.setQueryData(queryKey, kept.before);
        tellFailure(error);
      },
      onSuccess: (checklist) => queries.setQueryData(queryKey, checklist),
    }),
  );
  return ({ id: stepId, title }, ticked) => {
    mutate({ connectionId, stepId, ticked });
    const undo = () => mutate({ connectionId, stepId, ticked: !ticked });
    tell(ticked ? `“${title}” is ticked.` : `“${title}” is open again.`, undo);
  };
}
