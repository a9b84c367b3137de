// Keeps the list as it is shown under a name. Knows the field for the name.
import { Button, Popover, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useEarlyUse } from '../parts/early-use.ts';
import type { EarlyUse } from '../parts/menu-choice.ts';
import { tell } from '../parts/tell.tsx';
import { useKept } from './kept-value.ts';
import { type PeopleQuery, paramsOf } from './people-query.ts';
import { hashOf } from './route.ts';
import { withView } from './saved-views.ts';

export function SaveView({
  query,
  icon,
  label,
  early,
}: {
  readonly query: PeopleQuery;
  readonly icon: ReactNode;
  readonly label: string;
  readonly early: EarlyUse;
}) {
  const { button, opened, setOpened } = useEarlyUse(early);
  const [views = [], keep] = useKept('savedViews');
  const [name, setName] = useState('');
  const save = () => {
    const trimmed = name.trim();
    if (trimmed === '') return;
    keep(withView(views, { name: trimmed, query: hashOf('people', paramsOf(query)).split('?')[1] ?? '' }));
    setOpened(false);
    setName('');
    tell(`View “${trimmed}” saved.`);
  };
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      width={260}
      trapFocus
      returnFocus
      shadow="none"
    >
      <Popover.Target>
        <Button ref={button} variant="default" leftSection={icon} onClick={() => setOpened(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Save view">
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextInput
            label="Name of the view"
            value={name}
            maxLength={60}
            onChange={(event) => setName(event.currentTarget.value)}
            data-autofocus
          />
          <Button type="submit" mt={12} disabled={name.trim() === ''}>
            Save
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
