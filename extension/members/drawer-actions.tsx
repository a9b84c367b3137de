// What can be done with the person who is shown, at the foot of the drawer. Knows which actions suit them.
import { Button, Menu } from '@mantine/core';
import { IconChevronUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { memberRoles } from '../../shared/member.ts';
import { type Outputs, useTRPC } from '../lib/api.ts';
import { tell, tellFailure } from '../parts/tell.tsx';
import { ActionOutcomeDialog } from './action-outcome-dialog.tsx';
import { AskFirstDialog } from './ask-first-dialog.tsx';
import { focusPerson } from './focus-return.ts';
import { type AnyAction, type AskedFirst, actionWords, isAskedFirst, suits } from './member-actions.ts';
import classes from './member-drawer.module.css';
import type { Picked } from './member-selection.ts';
import { roleWords } from './member-status-mark.tsx';
import { useMemberAction } from './use-member-action.ts';

type Profile = Outputs['members']['get'];

/** What a connection decides about the people whom it manages. */
const ofConnection: ReadonlySet<AnyAction['kind']> = new Set(['deactivate', 'reactivate', 'remove']);

export function DrawerActions({
  person,
  onNudge,
  onRemoved,
}: {
  readonly person: Profile;
  readonly onNudge: (person: Picked) => void;
  readonly onRemoved: () => void;
}) {
  const trpc = useTRPC();
  const actions = useMemberAction();
  const [asked, setAsked] = useState<AskedFirst>();
  const { id, name, status, role, email, connection } = person;
  const does = (text: string) => ({ onSuccess: () => tell(text), onError: tellFailure });
  const resend = useMutation(
    trpc.invitations.resend.mutationOptions(does(`The invitation goes out to ${name} again.`)),
  );
  const revoke = useMutation(
    trpc.invitations.revoke.mutationOptions(does(`The invitation of ${name} is withdrawn.`)),
  );
  const offered = (kind: AnyAction['kind']) =>
    suits(kind, new Set([status])) && !(connection !== null && ofConnection.has(kind));
  const run = async (action: AnyAction) => {
    const { done } = await actions.run(action, [person]);
    if (action.kind === 'remove' && done === 1) onRemoved();
  };
  const wish = (action: AnyAction) => (isAskedFirst(action.kind) ? setAsked(action.kind) : void run(action));
  const undertaking = actions.current;
  const main = mainAction(status);
  const rest = (['block', 'reactivate', 'deactivate', 'remove'] as const).filter(
    (kind) => offered(kind) && kind !== main,
  );
  return (
    <footer className={classes.foot}>
      {main === 'nudge' && (
        <>
          <Button onClick={() => onNudge({ id, name, email, status, role })}>Nudge</Button>
          <Button
            variant="default"
            loading={resend.isPending}
            onClick={() => resend.mutate({ memberId: id })}
          >
            Resend
          </Button>
        </>
      )}
      {main !== 'nudge' && offered(main) && (
        <Button
          variant={main === 'block' ? 'default' : 'filled'}
          onClick={() => wish(main === 'block' ? { kind: main, reason: null } : { kind: main })}
        >
          {actionWords[main].verb}
        </Button>
      )}
      <Menu position="top-end" width={220} shadow="none">
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronUp size={14} aria-hidden="true" />}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {status === 'invited' && (
            <Menu.Item onClick={() => revoke.mutate({ memberId: id })}>Withdraw invitation</Menu.Item>
          )}
          {rest.map((kind) => (
            <Menu.Item key={kind} onClick={() => wish(kind === 'block' ? { kind, reason: null } : { kind })}>
              {actionWords[kind].verb}
            </Menu.Item>
          ))}
          {connection !== null && (
            <Menu.Label>{connection.name} decides on deactivating and removing.</Menu.Label>
          )}
          <Menu.Divider />
          <Menu.Label>Change role</Menu.Label>
          {memberRoles.map((other) => (
            <Menu.Item
              key={other}
              disabled={other === role && person.roleSource.by === 'hand'}
              onClick={() => wish({ kind: 'change-role', role: other })}
            >
              {roleWords[other]}
            </Menu.Item>
          ))}
          {person.roleSource.by === 'hand' && (
            <Menu.Item onClick={() => wish({ kind: 'change-role', role: 'by-groups' })}>
              As their groups say
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked !== undefined && (
        <AskFirstDialog
          kind={asked}
          people={[person]}
          onConfirm={(reason) => {
            setAsked(undefined);
            focusPerson();
            void run(asked === 'block' ? { kind: asked, reason } : { kind: asked });
          }}
          onClose={() => {
            setAsked(undefined);
            focusPerson();
          }}
        />
      )}
      {undertaking !== undefined && !undertaking.isRunning && (
        <ActionOutcomeDialog
          undertaking={undertaking}
          onGoOn={(left) => void actions.run(undertaking.action, left)}
          onClose={() => {
            actions.close();
            focusPerson();
          }}
        />
      )}
    </footer>
  );
}

/** What an admin most likely came for. */
function mainAction(status: Profile['status']) {
  const likely = {
    invited: 'nudge',
    not_invited: 'invite',
    active: 'block',
    blocked: 'unblock',
    deactivated: 'reactivate',
  } as const;
  return likely[status];
}
