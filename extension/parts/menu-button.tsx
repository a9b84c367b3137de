// A button with a menu behind it. The button is there at once; the menu is loaded after the first paint. Knows no choice.
import { UnstyledButton } from '@mantine/core';
import { Suspense, useState } from 'react';
import { afterDrawing } from '../lib/later.ts';
import type { EarlyUse, MenuButtonProps } from './menu-choice.ts';

const ChoiceMenu = afterDrawing(async () => (await import('./choice-menu.tsx')).ChoiceMenu);

export function MenuButton(props: MenuButtonProps) {
  const [early] = useState<EarlyUse>(() => ({ focused: false, pressed: false }));
  return (
    <Suspense fallback={<TargetButton {...props} early={early} />}>
      <ChoiceMenu {...props} early={early} />
    </Suspense>
  );
}

function TargetButton({
  children,
  className,
  label,
  isHeading,
  early,
}: MenuButtonProps & { readonly early: EarlyUse }) {
  const press = () => {
    early.pressed = true;
  };
  const button = (
    <UnstyledButton
      className={className ?? ''}
      aria-haspopup="menu"
      {...(label && { 'aria-label': label })}
      onFocus={() => {
        early.focused = true;
      }}
      // A press that began on this button may end on the one that takes its place, and is no click then.
      onPointerDown={press}
      onClick={press}
    >
      {children}
    </UnstyledButton>
  );
  return isHeading ? <h1>{button}</h1> : button;
}
