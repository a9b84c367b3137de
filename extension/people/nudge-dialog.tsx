// The nudge form in a dialog, for pages that have room for one.
import { Modal } from '@mantine/core';
import { NudgeForm } from './nudge-form.tsx';
import { type NudgePerson, peopleCount } from './nudge-readiness.ts';

export function NudgeDialog({
  opened,
  onClose,
  people,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly people: readonly NudgePerson[];
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Nudge ${peopleCount(people.length)}`}
      size={480}
      styles={{ body: { padding: 0 } }}
    >
      <NudgeForm people={people} onClose={onClose} />
    </Modal>
  );
}
