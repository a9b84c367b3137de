// What is done to pending invitations and to those without one, from the lists: shown at once, said in words, taken back
// where that is possible. A revoked link stays dead, so what takes a revocation back is a new invitation and says so.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import { namesOf } from '../people/nudge-readiness.ts';
import { type InviteCounts, invitedWords } from './invited-words.ts';
import { notInvitedKey, pendingKey, takeOut } from './waiting-people.ts';

export interface Named {
  readonly memberId: string;
  readonly name: string;
}
type People = readonly Named[];

/** So many people a request; the server takes no more. */
const slice = 1000;

export function useInvitationActions() {
  const client = useTRPCClient();
  const trpc = useTRPC();
  const queries = useQueryClient();
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.invitations.pathFilter()),
      queries.invalidateQueries(trpc.members.pathFilter()),
    ]);
  const leave = async (key: typeof pendingKey | typeof notInvitedKey, people: People) => {
    await queries.cancelQueries({ queryKey: key });
    return takeOut(queries, key, new Set(people.map(({ memberId }) => memberId)));
  };

  const invite = useMutation({
    async mutationFn(people: People) {
      const counts: InviteCounts = {};
      for (let at = 0; at < people.length; at += slice) {
        const memberIds = people.slice(at, at + slice).map(({ memberId }) => memberId);
        for (const { outcome } of await client.invitations.inviteMembers.mutate({ memberIds }))
          counts[outcome] = (counts[outcome] ?? 0) + 1;
      }
      return counts;
    },
    onMutate: (people) => leave(notInvitedKey, people),
    onSuccess: (counts) => tell(invitedWords(counts)),
    onError: (error, _people, putBack) => {
      putBack?.();
      tellFailure(error);
    },
    onSettled: refresh,
  });

  const revoke = useMutation({
    mutationFn: (people: People) =>
      eachOf(people, ({ memberId }) => client.invitations.revoke.mutate({ memberId })),
    onMutate: (people) => leave(pendingKey, people),
    onSuccess({ done, failure }) {
      if (done.length > 0)
        tell(
          `${namesOf(done)} ${done.length === 1 ? 'is' : 'are'} not invited any more.`,
          () => invite.mutate(done),
          'Invite again',
        );
      if (failure !== undefined) tellFailure(failure);
    },
    onError: (_error, _people, putBack) => putBack?.(),
    onSettled: refresh,
  });

  const resend = useMutation({
    mutationFn: (people: People) =>
      eachOf(people, ({ memberId }) => client.invitations.resend.mutate({ memberId })),
    onSuccess({ done, failure }) {
      if (done.length > 0)
        tell(`${namesOf(done)} ${done.length === 1 ? 'gets' : 'get'} the invitation again, with a new link.`);
      if (failure !== undefined) tellFailure(failure);
    },
    onSettled: refresh,
  });

  return { invite, revoke, resend };
}

/** Asks for each of them; calls of one moment travel together. */
async function eachOf(people: People, call: (person: Named) => Promise<void>) {
  const outcomes = await Promise.allSettled(people.map(call));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  return {
    done: people.filter((_, at) => outcomes[at]?.status === 'fulfilled'),
    failure: failed?.reason as unknown,
  };
}
