// Those who are in the directory and have not been invited: everybody at once, or some.
import { Button } from '@mantine/core';
import { IconMailCheck } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { StateScreen } from '../parts/state-screen.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { peopleCount } from '../people/nudge-readiness.ts';
import { FooterBar, FooterQuestion, manyPeople } from './footer-bar.tsx';
import { lookedAt } from './invited-words.ts';
import { ListFrame } from './list-frame.tsx';
import { PeopleList } from './people-list.tsx';
import { RowNote } from './row-note.tsx';
import { useInvitationActions } from './use-invitation-actions.ts';
import { useInviteEverybody } from './use-invite-everybody.ts';
import type { PeopleListState } from './use-list.ts';
import type { NotInvitedPerson } from './waiting-people.ts';

export function NotInvitedTab({
  list,
  total,
  box,
  onInvite,
}: {
  readonly list: PeopleListState<NotInvitedPerson>;
  readonly total: number;
  readonly box: RefObject<HTMLDivElement | null>;
  readonly onInvite: () => void;
}) {
  const { invite } = useInvitationActions();
  const everybody = useInviteEverybody();
  const [isAsking, setIsAsking] = useState(false);
  const { chosen, act } = list;
  const startEverybody = () => {
    setIsAsking(false);
    everybody.mutate();
  };
  const row = ({ addedAt, waitingSince }: NotInvitedPerson, isPointedAt: boolean) =>
    waitingSince === null ? (
      <span>
        added <TimeAgo at={addedAt} />
      </span>
    ) : (
      <RowNote
        isPointedAt={isPointedAt}
        note={{
          tone: 'attention',
          words: 'waits for a seat',
          detail: 'All seats are taken. They are invited as soon as one is free.',
        }}
      />
    );
  return (
    <>
      <ListFrame
        list={list}
        empty={
          <StateScreen icon={<IconMailCheck size={28} stroke={1.5} />} title="Everybody is invited">
            Whoever is in your directory has an invitation or has joined.
          </StateScreen>
        }
      >
        {(shown) => (
          <PeopleList label="Not invited" list={list} shown={shown} total={total} box={box} aside={row} />
        )}
      </ListFrame>
      {isAsking ? (
        <FooterQuestion
          question={`Invite ${peopleCount(total)}? Each gets a mail at once.`}
          yes={`Invite all ${total.toLocaleString()}`}
          onYes={startEverybody}
          onNo={() => {
            setIsAsking(false);
            box.current?.focus();
          }}
        />
      ) : (
        <FooterBar onInvite={onInvite} isNarrow={chosen.length > 0 || everybody.isPending}>
          {everybody.isPending ? (
            <span role="status">
              Inviting… {lookedAt(everybody.progress).toLocaleString()} of {everybody.of.toLocaleString()}.
              Keep this open.
            </span>
          ) : chosen.length > 0 ? (
            <Button
              loading={invite.isPending}
              onClick={() => {
                invite.mutate(chosen);
                act({ kind: 'none' });
                box.current?.focus();
              }}
            >
              Invite {peopleCount(chosen.length)}
            </Button>
          ) : (
            total > 0 && (
              <Button onClick={() => (total > manyPeople ? setIsAsking(true) : startEverybody())}>
                Invite all {total.toLocaleString()}
              </Button>
            )
          )}
        </FooterBar>
      )}
    </>
  );
}
