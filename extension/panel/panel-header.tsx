// The top of the panel: what is being set up, the switch to another connection, and how far it has come. Stays in sight.
import { IconChevronDown, IconPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { MenuButton } from '../parts/menu-button.tsx';
import type { Choice } from '../parts/menu-choice.ts';
import type { Connection } from './panel-connection.ts';
import classes from './panel-header.module.css';

export function PanelHeader({
  title,
  connections,
  current,
  progress,
  stand,
  children,
}: {
  readonly title: string;
  readonly connections: readonly Connection[];
  readonly current: Connection | undefined;
  readonly progress?: { readonly done: number; readonly of: number };
  readonly stand: (connection: string) => void;
  /** A line under the title. */
  readonly children?: ReactNode;
}) {
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <h1 className={classes.title}>{title}</h1>
        {connections.length > 0 && <Switch {...{ connections, current, stand }} />}
        {progress && (
          <span className={classes.count}>
            {progress.done} of {progress.of} proven
          </span>
        )}
      </div>
      {children}
      {progress && <Bar {...progress} />}
    </header>
  );
}

function Bar({ done, of }: { readonly done: number; readonly of: number }) {
  return (
    <div
      className={classes.bar}
      role="progressbar"
      aria-label="Steps proven"
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={done}
      aria-valuetext={`${done} of ${of}`}
    >
      <div
        className={classes.fill}
        data-complete={done === of || undefined}
        style={{ inlineSize: `${of === 0 ? 0 : (done / of) * 100}%` }}
      />
    </div>
  );
}

function Switch({
  connections,
  current,
  stand,
}: {
  readonly connections: readonly Connection[];
  readonly current: Connection | undefined;
  readonly stand: (connection: string) => void;
}) {
  const choices: readonly Choice[] = [
    ...connections.map((each) => ({
      key: each.id,
      label: each.name,
      isCurrent: each.id === current?.id,
      onChoose: () => stand(each.id),
    })),
    'divider',
    {
      key: 'new',
      label: 'Set up another',
      icon: <IconPlus size={16} stroke={1.5} aria-hidden="true" />,
      onChoose: () => stand('new'),
    },
  ];
  return (
    <MenuButton
      className={classes.switch}
      label="Choose another connection"
      menuLabel="Connections"
      width={260}
      choices={choices}
    >
      <IconChevronDown size={16} aria-hidden="true" />
    </MenuButton>
  );
}
