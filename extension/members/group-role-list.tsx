// The mappings in their order: each with its role, moved up and down by buttons or by Alt with the arrow keys. Knows the
// draft, not how it is saved.
import { ActionIcon, NativeSelect, VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { type MemberRole, memberRoles } from '../../shared/member.ts';
import { type DraftMapping, moved } from './group-order.ts';
import classes from './group-roles.module.css';

export function GroupRoleList({
  mappings,
  readOnly,
  onChange,
}: {
  readonly mappings: readonly DraftMapping[];
  readonly readOnly: boolean;
  readonly onChange: (mappings: readonly DraftMapping[]) => void;
}) {
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);
  const move = ({ groupId, groupName }: DraftMapping, by: number) => {
    const next = moved(mappings, groupId, by);
    onChange(next);
    const place = next.findIndex((mapping) => mapping.groupId === groupId) + 1;
    setSaid(`${groupName} is number ${place} of ${next.length}.`);
  };
  const moveByKey = (event: KeyboardEvent, mapping: DraftMapping) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || by === undefined || readOnly) return;
    event.preventDefault();
    move(mapping, by);
  };
  const drop = ({ groupId, groupName }: DraftMapping, at: number) => {
    onChange(mappings.filter((mapping) => mapping.groupId !== groupId));
    setSaid(`${groupName} gives no role now.`);
    list.current?.querySelectorAll<HTMLElement>('select')[at === 0 ? 1 : at - 1]?.focus();
  };
  return (
    <>
      <ol className={classes.list} ref={list} aria-label="Groups in the order in which they decide">
        {mappings.map((mapping, at) => (
          <li key={mapping.groupId} className={classes.row}>
            <span className={classes.rank} aria-hidden="true">
              {at + 1}
            </span>
            <span className={classes.name}>{mapping.groupName}</span>
            <NativeSelect
              aria-label={`Role of ${mapping.groupName}`}
              value={mapping.role}
              disabled={readOnly}
              data={memberRoles.map((role) => ({ value: role, label: capitalised(role) }))}
              onKeyDown={(event) => moveByKey(event, mapping)}
              onChange={({ currentTarget }) =>
                onChange(mappings.with(at, { ...mapping, role: currentTarget.value as MemberRole }))
              }
            />
            {!readOnly && (
              <span className={classes.tools}>
                <Tool name={`Move ${mapping.groupName} up`} off={at === 0} onClick={() => move(mapping, -1)}>
                  <IconArrowUp size={16} stroke={1.5} />
                </Tool>
                <Tool
                  name={`Move ${mapping.groupName} down`}
                  off={at === mappings.length - 1}
                  onClick={() => move(mapping, 1)}
                >
                  <IconArrowDown size={16} stroke={1.5} />
                </Tool>
                <Tool name={`Leave ${mapping.groupName} out`} onClick={() => drop(mapping, at)}>
                  <IconTrash size={16} stroke={1.5} />
                </Tool>
              </span>
            )}
          </li>
        ))}
      </ol>
      {!readOnly && mappings.length > 1 && (
        <p className={classes.hint}>The first group decides. Alt with the arrow keys moves one, too.</p>
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}

/** At the end of its way it stays in the tab order, so that the focus is not lost. */
function Tool({
  name,
  off = false,
  onClick,
  children,
}: {
  readonly name: string;
  readonly off?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}) {
  return (
    <ActionIcon
      variant="subtle"
      aria-label={name}
      title={name}
      {...(off && { 'aria-disabled': true, 'data-disabled': true })}
      onClick={() => !off && onClick()}
    >
      {children}
    </ActionIcon>
  );
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
