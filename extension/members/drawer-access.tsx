// How somebody gets in: their invitations, their accounts at an identity provider, and the sessions that they have open,
// which can be ended.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { upcoming } from '../lib/time-words.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { DrawerSignIn } from './drawer-sign-in.tsx';
import classes from './member-drawer.module.css';

type Profile = Outputs['members']['get'];

const endWords: Readonly<Record<NonNullable<Profile['invitations'][number]['ended']>, string>> = {
  accepted: 'Accepted',
  revoked: 'Withdrawn',
  expired: 'Expired',
  access_ended: 'Ended with their access',
};

/** Older invitations tell nothing that the timeline does not. */
const mostShown = 3;

export function DrawerAccess({ person }: { readonly person: Profile }) {
  const { invitations, sessions, signIns } = person;
  return (
    <>
      {invitations.length > 0 && (
        <section className={classes.part}>
          <h3 className={classes.heading}>Invitations</h3>
          <ul className={classes.lines}>
            {invitations.slice(0, mostShown).map((invitation) => (
              <InvitationLine key={invitation.id} {...invitation} />
            ))}
          </ul>
        </section>
      )}
      {signIns.length > 0 && (
        <section className={classes.part}>
          <h3 className={classes.heading}>Single sign-on</h3>
          <ul className={classes.lines}>
            {signIns.map((signIn) => (
              <DrawerSignIn key={signIn.issuer} person={person} {...signIn} />
            ))}
          </ul>
        </section>
      )}
      {sessions.length > 0 && (
        <section className={classes.part}>
          <h3 className={classes.heading}>Sessions</h3>
          <ul className={classes.lines}>
            {sessions.map((session) => (
              <SessionLine key={session.id} memberId={person.id} {...session} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function InvitationLine(invitation: Profile['invitations'][number]) {
  const { invitedBy, sentAt, sentCount, expiresAt, ended, endedAt } = invitation;
  const now = useNow();
  return (
    <li>
      <p>
        {ended === null ? 'Pending' : endWords[ended]}, sent <TimeAgo at={sentAt} />
      </p>
      <p className={classes.note}>
        By {invitedBy}
        {sentCount > 1 && ` · sent ${sentCount} times`}
        {ended === null && ` · expires ${upcoming(expiresAt, now)}`}
        {endedAt !== null && (
          <>
            {' · ended '}
            <TimeAgo at={endedAt} />
          </>
        )}
      </p>
    </li>
  );
}

function SessionLine({
  memberId,
  id,
  name,
  kind,
  createdAt,
  lastUsedAt,
}: Profile['sessions'][number] & { readonly memberId: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const key = trpc.members.get.queryKey({ memberId });
  const end = useMutation(
    trpc.members.endSession.mutationOptions({
      onMutate: () => {
        const before = queries.getQueryData(key);
        if (before !== undefined)
          queries.setQueryData(key, { ...before, sessions: before.sessions.filter((one) => one.id !== id) });
        return before;
      },
      onSuccess: () => tell(`The session on ${name} is ended.`),
      onError: (error, _input, before) => {
        if (before !== undefined) queries.setQueryData(key, before);
        tellFailure(error);
      },
    }),
  );
  return (
    <li className={classes.line}>
      <div>
        <p>{name}</p>
        <p className={classes.note}>
          {kind === 'extension' ? 'Extension, used ' : 'Used '}
          <TimeAgo at={lastUsedAt ?? createdAt} />
        </p>
      </div>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`End the session on ${name}`}
        onClick={() => end.mutate({ memberId, sessionId: id })}
      >
        End
      </Button>
    </li>
  );
}
