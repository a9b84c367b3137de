// A menu out of a list of choices, under its button. Knows how it looks only.
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import classes from './choice-menu.module.css';
import { useEarlyUse } from './early-use.ts';
import type { Choice, EarlyUse, MenuButtonProps } from './menu-choice.ts';

export function ChoiceMenu(props: MenuButtonProps & { readonly early: EarlyUse }) {
  const { children, className, label, menuLabel, width, isHeading, choices, early } = props;
  const { button, opened, setOpened } = useEarlyUse(early);
  const target = (
    <Menu.Target>
      <UnstyledButton ref={button} className={className ?? ''} {...(label && { 'aria-label': label })}>
        {children}
      </UnstyledButton>
    </Menu.Target>
  );
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={width}
      offset={4}
      transitionProps={{ duration: 100 }}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      classNames={{ item: classes.item ?? '', itemSection: classes.section ?? '' }}
    >
      {isHeading ? <h1>{target}</h1> : target}
      <Menu.Dropdown aria-label={menuLabel}>{choices.map(lineOf)}</Menu.Dropdown>
    </Menu>
  );
}

function lineOf(choice: Choice, index: number) {
  if (choice === 'divider') return <Menu.Divider key={`line ${index}`} />;
  const { key, label, detail, icon, isCurrent, onChoose } = choice;
  const tick = <IconCheck size={16} stroke={1.5} aria-hidden="true" className={classes.chosen} />;
  return (
    <Menu.Item
      key={key}
      onClick={onChoose}
      {...(icon !== undefined && { leftSection: icon })}
      {...(isCurrent && { 'aria-current': 'true' as const, rightSection: tick })}
    >
      <span className={classes.label}>{label}</span>
      {detail !== undefined && <span className={classes.detail}>{detail}</span>}
    </Menu.Item>
  );
}
