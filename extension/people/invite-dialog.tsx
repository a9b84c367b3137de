// The invite form in a dialog, for pages that have room for one.
import { Modal } from '@mantine/core';
import { InviteForm } from './invite-form.tsx';

export function InviteDialog({
  opened,
  onClose,
  initialText = '',
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly initialText?: string;
}) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Invite people"
      size={480}
      styles={{ body: { padding: 0 } }}
    >
      <InviteForm initialText={initialText} onClose={onClose} />
    </Modal>
  );
}
