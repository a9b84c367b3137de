// A tool above the list: its button is there at once, what it opens is loaded meanwhile. Knows no tool.
import { Button } from '@mantine/core';
import { type ReactNode, Suspense, useState } from 'react';
import type { EarlyUse } from '../parts/menu-choice.ts';

export function LaterTool({
  icon,
  label,
  children,
}: {
  readonly icon: ReactNode;
  readonly label: string;
  /** Gives the tool, with its button and what was done with that before. */
  readonly children: (button: {
    readonly icon: ReactNode;
    readonly label: string;
    readonly early: EarlyUse;
  }) => ReactNode;
}) {
  const [early] = useState<EarlyUse>(() => ({ focused: false, pressed: false }));
  const press = () => {
    early.pressed = true;
  };
  return (
    <Suspense
      fallback={
        <Button
          variant="default"
          leftSection={icon}
          aria-haspopup="true"
          onFocus={() => {
            early.focused = true;
          }}
          // A press that began on this button may end on the one that takes its place, and is no click then.
          onPointerDown={press}
          onClick={press}
        >
          {label}
        </Button>
      }
    >
      {children({ icon, label, early })}
    </Suspense>
  );
}
