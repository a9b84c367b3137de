// The ways not to hear of a finding for now: snooze it, or dismiss it with a reason, which is asked for in its place.
// Knows how they are asked for; where the focus goes once the finding is gone, its view knows.
import { Button, TextInput } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { type KeyboardEvent, useRef, useState } from 'react';
import type { Finding } from '../../shared/finding.ts';
import { MenuButton } from './menu-button.tsx';
import classes from './put-aside-actions.module.css';
import { snoozes } from './put-aside-words.ts';
import { useRights } from './rights.ts';
import { usePutAside } from './use-put-aside.ts';

export function PutAsideActions({
  finding,
  onGone,
}: {
  readonly finding: Pick<Finding, 'id' | 'sentence'>;
  /** After the finding has been put aside, and what had the focus with it. */
  readonly onGone: () => void;
}) {
  const { snooze, dismiss, isPending } = usePutAside();
  const may = useRights()('put findings aside');
  const [reason, setReason] = useState<string | null>(null);
  const dismissButton = useRef<HTMLButtonElement>(null);
  if (!may) return null;
  const gone = (putAside: Promise<boolean>) =>
    void putAside.then((isGone) => isGone && requestAnimationFrame(onGone));
  if (reason === null)
    return (
      <div className={classes.actions}>
        <MenuButton
          className={classes.snooze}
          menuLabel="Snooze for"
          width={140}
          choices={snoozes.map(({ label, ms }) => ({
            key: label,
            label,
            onChoose: () => gone(snooze(finding, ms)),
          }))}
        >
          Snooze
          <IconChevronDown size={14} stroke={1.5} aria-hidden="true" />
        </MenuButton>
        <Button
          ref={dismissButton}
          variant="transparent"
          size="compact-md"
          className={classes.dismiss ?? ''}
          onClick={() => setReason('')}
        >
          Dismiss
        </Button>
      </div>
    );
  const stay = () => {
    setReason(null);
    requestAnimationFrame(() => dismissButton.current?.focus());
  };
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    stay();
  };
  const isReady = reason.trim() !== '';
  return (
    <form
      className={classes.form}
      onKeyDown={closeOnEscape}
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !isPending) gone(dismiss(finding, reason.trim()));
      }}
    >
      <TextInput
        label="Why can it stay as it is?"
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        maxLength={500}
        autoComplete="off"
        ref={focusAtOnce}
      />
      <p className={classes.note}>
        It comes back when something new turns up. The audit log keeps the reason.
      </p>
      <div className={classes.end}>
        <Button variant="default" size="compact-md" onClick={stay}>
          Cancel
        </Button>
        <Button type="submit" size="compact-md" disabled={!isReady} loading={isPending}>
          Dismiss
        </Button>
      </div>
    </form>
  );
}

/** Once, when the field comes; it is the same function for every drawing. */
function focusAtOnce(field: HTMLInputElement | null): void {
  field?.focus();
}
