// The second line at the end of a row, with its whole story where the mouse or the keyboard is. Knows how it looks only.
import { Tooltip, VisuallyHidden } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import type { PendingNote } from './pending-words.ts';
import classes from './row-note.module.css';

export function RowNote({
  note,
  isPointedAt,
}: {
  readonly note: PendingNote;
  readonly isPointedAt: boolean;
}) {
  const { tone, words, detail } = note;
  const line = (
    <span className={classes.note} data-tone={tone}>
      {tone === 'attention' && <IconAlertTriangleFilled size={12} aria-hidden="true" />}
      <span className={classes.words}>{words}</span>
      {detail !== undefined && <VisuallyHidden>{`: ${detail}`}</VisuallyHidden>}
    </span>
  );
  if (detail === undefined) return line;
  return (
    <Tooltip
      opened={isPointedAt}
      label={<span aria-hidden="true">{detail}</span>}
      multiline
      maw={280}
      position="bottom-end"
      withArrow
      fz={12}
      p={8}
    >
      {line}
    </Tooltip>
  );
}
