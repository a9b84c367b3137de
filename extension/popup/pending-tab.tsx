// Those who are invited and have not joined, the oldest first, and what can be done about it.
import { Button } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useNow } from '../lib/now.ts';
import { exactTime, waited } from '../lib/time-words.ts';
import { StateScreen } from '../parts/state-screen.tsx';
import { peopleCount } from '../people/nudge-readiness.ts';
import { FooterBar, FooterQuestion, manyPeople } from './footer-bar.tsx';
import { ListFrame } from './list-frame.tsx';
import { pendingNote } from './pending-words.ts';
import { PeopleList } from './people-list.tsx';
import { RowNote } from './row-note.tsx';
import { useInvitationActions } from './use-invitation-actions.ts';
import type { PeopleListState } from './use-list.ts';
import type { PendingPerson } from './waiting-people.ts';

export function PendingTab({
  list,
  total,
  isNew,
  box,
  onNudge,
  onInvite,
}: {
  readonly list: PeopleListState<PendingPerson>;
  readonly total: number;
  /** Whether nobody has been invited here yet. */
  readonly isNew: boolean;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onNudge: () => void;
  readonly onInvite: () => void;
}) {
  const now = useNow();
  const { revoke, resend } = useInvitationActions();
  const [isAsking, setIsAsking] = useState(false);
  const { chosen, act } = list;
  const count = chosen.length;
  const revokeChosen = () => {
    setIsAsking(false);
    act({ kind: 'none' });
    revoke.mutate(chosen);
    box.current?.focus();
  };
  const row = (person: PendingPerson, isPointedAt: boolean) => {
    const note = pendingNote(person, now);
    return (
      <>
        <span title={`Invited ${exactTime(person.invitedAt)}`}>{waited(person.daysWaiting)}</span>
        {note && <RowNote note={note} isPointedAt={isPointedAt} />}
      </>
    );
  };
  return (
    <>
      <ListFrame
        list={list}
        empty={
          <StateScreen
            icon={<IconMailCheck size={28} stroke={1.5} />}
            title={isNew ? 'Nobody is invited yet' : 'Nobody is waiting'}
          >
            {isNew
              ? 'Invite people here, or connect your identity provider under Sync.'
              : 'Everybody who was invited has joined.'}
          </StateScreen>
        }
      >
        {(shown) => (
          <PeopleList
            label="Pending invitations"
            list={list}
            shown={shown}
            total={total}
            box={box}
            aside={row}
          />
        )}
      </ListFrame>
      {isAsking && count > 0 ? (
        <FooterQuestion
          question={`Revoke ${count.toLocaleString()} invitations? Their links stop working at once, and inviting again sends everybody a new mail.`}
          yes={`Revoke ${count.toLocaleString()}`}
          onYes={revokeChosen}
          onNo={() => {
            setIsAsking(false);
            box.current?.focus();
          }}
        />
      ) : (
        <FooterBar onInvite={onInvite} isNarrow={count > 0}>
          {count === 0 ? (
            total > 0 && (
              <Button variant="subtle" onClick={() => void list.selectAll()}>
                Select all {total.toLocaleString()}
              </Button>
            )
          ) : (
            <>
              <Button onClick={onNudge}>Nudge {peopleCount(count)}…</Button>
              <Button
                variant="subtle"
                loading={resend.isPending}
                onClick={() => {
                  resend.mutate(chosen);
                  act({ kind: 'none' });
                  box.current?.focus();
                }}
              >
                Resend
              </Button>
              <Button
                variant="subtle"
                onClick={() => (count > manyPeople ? setIsAsking(true) : revokeChosen())}
              >
                Revoke
              </Button>
            </>
          )}
        </FooterBar>
      )}
    </>
  );
}
