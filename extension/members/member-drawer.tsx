// One person in full beside the list: why they have access or none, who they are, what happened, what can be done. Knows
// the order of these parts.
import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTRPC } from '../lib/api.ts';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { DrawerAccess } from './drawer-access.tsx';
import { DrawerActions } from './drawer-actions.tsx';
import { DrawerProfile } from './drawer-profile.tsx';
import { DrawerTimeline } from './drawer-timeline.tsx';
import { DrawerWhy } from './drawer-why.tsx';
import classes from './member-drawer.module.css';
import type { Picked } from './member-selection.ts';

export function MemberDrawer({
  memberId,
  onClose,
  onOpen,
  onNudge,
}: {
  readonly memberId: string;
  readonly onClose: () => void;
  /** Shows somebody else. */
  readonly onOpen: (memberId: string) => void;
  readonly onNudge: (person: Picked) => void;
}) {
  const trpc = useTRPC();
  const profile = useQuery(trpc.members.get.queryOptions({ memberId }, { retry: 1 }));
  const heading = useRef<HTMLHeadingElement>(null);
  const member = profile.data;
  const hasCome = member !== undefined;
  useEffect(() => {
    if (hasCome) heading.current?.focus();
  }, [hasCome]);
  return (
    <section className={classes.drawer} aria-label={member?.name ?? 'Person'}>
      <CloseButton className={classes.close ?? ''} aria-label="Close" onClick={onClose} />
      <div className={classes.content}>
        <QueryState query={profile} rows={5}>
          {(person) => (
            <>
              <header className={classes.header}>
                <MemberAvatar id={person.id} name={person.name} size={40} />
                <div className={classes.who}>
                  <h2 ref={heading} id="person-name" tabIndex={-1} className={classes.name}>
                    {person.name}
                  </h2>
                  <p className={classes.email}>{person.email ?? person.userName}</p>
                </div>
              </header>
              <DrawerWhy person={person} />
              <DrawerProfile person={person} onOpen={onOpen} />
              <DrawerAccess person={person} />
              <DrawerTimeline memberId={memberId} />
            </>
          )}
        </QueryState>
      </div>
      {member !== undefined && <DrawerActions person={member} onNudge={onNudge} onRemoved={onClose} />}
    </section>
  );
}
