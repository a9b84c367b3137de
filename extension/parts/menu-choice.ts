// What a menu is made of, and what its button is told. Types only.
import type { ReactNode } from 'react';

/** One line of a menu, or a line between two. */
export type Choice =
  | 'divider'
  | {
      readonly key: string;
      readonly label: ReactNode;
      /** A second, quiet line. */
      readonly detail?: string;
      readonly icon?: ReactNode;
      /** Whether it is the one in force; gets a tick. */
      readonly isCurrent?: boolean;
      readonly onChoose: () => void;
    };

export interface MenuButtonProps {
  readonly children: ReactNode;
  readonly className?: string | undefined;
  /** What the button is called, where its words do not say it. */
  readonly label?: string;
  readonly menuLabel: string;
  readonly width: number;
  /** Whether the button is the page's heading. */
  readonly isHeading?: boolean;
  readonly choices: readonly Choice[];
}

/** What somebody did with the button before its menu was there. */
export interface EarlyUse {
  focused: boolean;
  pressed: boolean;
}
