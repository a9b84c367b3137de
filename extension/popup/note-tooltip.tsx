// The whole story of a row's note, beside it. Loaded when the first one is pointed at.
import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

export function NoteTooltip({
  detail,
  children,
}: {
  readonly detail: string;
  readonly children: ReactElement;
}) {
  return (
    <Tooltip
      opened
      label={<span aria-hidden="true">{detail}</span>}
      multiline
      maw={280}
      position="bottom-end"
      withArrow
      fz={12}
      p={8}
    >
      {children}
    </Tooltip>
  );
}
