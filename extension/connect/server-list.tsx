// The servers that were connected to before, to choose one again. Knows addresses; arrow keys move, Enter chooses.
import { IconServer } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import classes from './server-list.module.css';

export function ServerList({
  servers,
  chosen,
  onChoose,
}: {
  readonly servers: readonly string[];
  readonly chosen: string | undefined;
  readonly onChoose: (server: string) => void;
}) {
  const move = (event: KeyboardEvent<HTMLUListElement>) => {
    const { key, currentTarget } = event;
    const buttons = [...currentTarget.querySelectorAll('button')];
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = key === 'ArrowDown' ? at + 1 : key === 'ArrowUp' ? at - 1 : undefined;
    if (next === undefined || at === -1) return;
    event.preventDefault();
    buttons[Math.min(Math.max(next, 0), buttons.length - 1)]?.focus();
  };
  return (
    <section aria-labelledby="known-servers">
      <h2 id="known-servers" className={classes.title}>
        Connected before
      </h2>
      <ul className={classes.list} onKeyDown={move}>
        {servers.map((server) => (
          <li key={server}>
            <button
              type="button"
              className={classes.server}
              aria-pressed={server === chosen}
              onClick={() => onChoose(server)}
            >
              <IconServer size={16} aria-hidden="true" />
              <span className={classes.host}>{new URL(server).host}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
