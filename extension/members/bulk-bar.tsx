// What can be done with those who are selected, at the foot of the list while somebody is. Knows which actions suit whom.
import { Button, Menu, Progress } from '@mantine/core';
import { IconChevronDown, IconX } from '@tabler/icons-react';
import { memberRoles, memberStatuses } from '../../shared/member.ts';
import { peopleCount } from '../people/nudge-readiness.ts';
import classes from './bulk-bar.module.css';
import { type AnyAction, actionWords, suits } from './member-actions.ts';
import type { Selection } from './member-selection.ts';
import { roleWords } from './member-status-mark.tsx';
import type { Undertaking } from './use-member-action.ts';

export type BulkWish = AnyAction | { readonly kind: 'nudge' };

export function BulkBar({
  selection,
  count,
  matching,
  running,
  onDo,
  onStop,
  onSelectMatching,
  onClear,
}: {
  readonly selection: Selection;
  /** How many are selected; null while nobody has counted them. */
  readonly count: number | null;
  readonly matching: number | null;
  readonly running: Undertaking | undefined;
  readonly onDo: (wish: BulkWish) => void;
  readonly onStop: () => void;
  readonly onSelectMatching: () => void;
  readonly onClear: () => void;
}) {
  if (running?.isRunning) return <RunningBar undertaking={running} onStop={onStop} />;
  const statuses = new Set(
    selection.kind === 'some' ? [...selection.people.values()].map(({ status }) => status) : memberStatuses,
  );
  const offered = (kind: AnyAction['kind']) => suits(kind, statuses);
  const canGrow = selection.kind === 'some' && matching !== null && matching > (count ?? 0);
  return (
    <div className={classes.bar} role="toolbar" aria-label="Selected people">
      <span className={classes.count} role="status">
        {count === null ? 'All who match' : `${count.toLocaleString()} selected`}
      </span>
      {canGrow && (
        <Button size="compact-sm" variant="subtle" onClick={onSelectMatching}>
          Select all {matching.toLocaleString()}
        </Button>
      )}
      <div className={classes.actions}>
        {statuses.has('invited') && <Button onClick={() => onDo({ kind: 'nudge' })}>Nudge</Button>}
        {offered('invite') && (
          <Button variant="default" onClick={() => onDo({ kind: 'invite' })}>
            Invite
          </Button>
        )}
        {offered('block') && (
          <Button variant="default" onClick={() => onDo({ kind: 'block', reason: null })}>
            Block
          </Button>
        )}
        {offered('unblock') && (
          <Button variant="default" onClick={() => onDo({ kind: 'unblock' })}>
            Unblock
          </Button>
        )}
        <Menu position="top-end" width={200} shadow="none">
          <Menu.Target>
            <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
              More
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {(['deactivate', 'reactivate', 'remove'] as const).filter(offered).map((kind) => (
              <Menu.Item key={kind} onClick={() => onDo({ kind })}>
                {actionWords[kind].verb}
              </Menu.Item>
            ))}
            <Menu.Divider />
            <Menu.Label>Change role</Menu.Label>
            {memberRoles.map((role) => (
              <Menu.Item key={role} onClick={() => onDo({ kind: 'change-role', role })}>
                {roleWords[role]}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => onDo({ kind: 'change-role', role: 'by-groups' })}>
              As their groups say
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button variant="subtle" leftSection={<IconX size={14} aria-hidden="true" />} onClick={onClear}>
          Clear
        </Button>
      </div>
    </div>
  );
}

function RunningBar({
  undertaking: { action, people, result },
  onStop,
}: {
  readonly undertaking: Undertaking;
  readonly onStop: () => void;
}) {
  const had = result.done + result.refused.length;
  return (
    <div className={classes.bar}>
      <span className={classes.count} role="status">
        {actionWords[action.kind].verb}: {had.toLocaleString()} of {peopleCount(people.length)}
      </span>
      <Progress
        className={classes.progress ?? ''}
        value={(had / Math.max(1, people.length)) * 100}
        aria-label="How many have had their turn"
      />
      <Button variant="default" onClick={onStop}>
        Stop
      </Button>
    </div>
  );
}
