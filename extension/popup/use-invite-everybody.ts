// Invites everybody who is not invited and knows how far it is. What was invited stays so when the popup closes before.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import { type InviteCounts, invitedWords } from './invited-words.ts';

export function useInviteEverybody() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<InviteCounts>({});
  const [of, setOf] = useState(0);
  const { mutate, isPending } = useMutation({
    async mutationFn() {
      setProgress({});
      setOf(queries.getQueryData(trpc.members.counts.queryKey())?.byStatus.not_invited ?? 0);
      let counts: InviteCounts = {};
      for await (const step of await client.invitations.inviteEverybody.mutate()) {
        counts = step;
        setProgress(step);
      }
      return counts;
    },
    onSuccess: (counts) => tell(invitedWords(counts)),
    onError: tellFailure,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(trpc.invitations.pathFilter()),
        queries.invalidateQueries(trpc.members.pathFilter()),
      ]),
  });
  return { mutate: () => mutate(), isPending, progress, of };
}
