// A button with a menu behind it. The button is there at once; the menu is loaded after the first paint. Knows no choice.
import { UnstyledButton } from '@mantine/core';
import { type ReactNode, Suspense } from 'react';
import { later } from '../lib/later.ts';

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

const ChoiceMenu = later(async () => (await import('./choice-menu.tsx')).ChoiceMenu);

export function MenuButton(props: MenuButtonProps) {
  return (
    <Suspense fallback={<TargetButton {...props} />}>
      <ChoiceMenu {...props} />
    </Suspense>
  );
}

function TargetButton({ children, className, label, isHeading }: MenuButtonProps) {
  const button = (
    <UnstyledButton className={className ?? ''} aria-haspopup="menu" {...(label && { 'aria-label': label })}>
      {children}
    </UnstyledButton>
  );
  return isHeading ? <h1>{button}</h1> : button;
}
