// What stands around every page of the admin page: who is who, what time it is and how fast it goes. Knows no provider's inside.
import type { ReactElement, ReactNode } from 'react';
import { adminStyle } from './admin-style.ts';
import type { CompanyLife } from './company-life.ts';
import { type DemoClock, speeds } from './demo-clock.ts';
import type { DemoProvider } from './demo-providers.ts';
import { dayAndTime } from './demo-time.ts';
import type { Said } from './provider-actions.ts';

export interface Desk {
  readonly clock: DemoClock;
  readonly life: CompanyLife;
  readonly providers: readonly DemoProvider[];
  /** The server's address. */
  readonly server: string;
}

interface FrameProps {
  readonly desk: Desk;
  readonly title: string;
  /** The provider that the page belongs to. */
  readonly place?: string;
  readonly said?: Said | undefined;
  readonly children: ReactNode;
}

export function AdminFrame({ desk, title, place, said, children }: FrameProps): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Rollcall demo`}</title>
        <link rel="icon" href="data:," />
        <style>{adminStyle}</style>
        <script src="/live.js" defer />
      </head>
      <body>
        <header>
          <span>Rollcall demo: identity providers</span>
          <nav aria-label="Identity providers">
            <ul>
              <PlaceLink href="/" name="All" isHere={place === undefined} />
              {desk.providers.map(({ key, name }) => (
                <PlaceLink key={key} href={`/${key}`} name={name} isHere={place === key} />
              ))}
            </ul>
          </nav>
        </header>
        <main>
          <h1>{title}</h1>
          {said !== undefined && (
            <div role="status" className={`notice ${said.ok ? 'ok' : 'attention'}`}>
              {said.text}
            </div>
          )}
          <TimeBar desk={desk} />
          {children}
        </main>
      </body>
    </html>
  );
}

function PlaceLink({ href, name, isHere }: { href: string; name: string; isHere: boolean }): ReactElement {
  return (
    <li>
      <a href={href} {...(isHere && { 'aria-current': 'page' })}>
        {name}
      </a>
    </li>
  );
}

const speedNames = { 0: 'Pause', 1: 'Real time', 60: '1 s = 1 min', 600: '1 s = 10 min' } as const;

function TimeBar({ desk: { clock, life } }: { desk: Desk }): ReactElement {
  const isLively = life.everyMs() !== null;
  return (
    <section aria-label="Time">
      <div className="bar">
        <span className="time" id="time" data-live>
          {dayAndTime(clock.now)}
        </span>
        {speeds.map((speed) => (
          <form key={speed} method="post" action="/time">
            <button
              type="submit"
              className="second"
              name="speed"
              value={speed}
              aria-pressed={clock.speed() === speed}
            >
              {speedNames[speed]}
            </button>
          </form>
        ))}
        <form method="post" action="/time">
          <button type="submit" className="second" name="skip" value="hour">
            Skip an hour
          </button>
        </form>
        <form method="post" action="/time">
          <button type="submit" className="second" name="skip" value="day">
            Skip a day
          </button>
        </form>
        <form method="post" action="/life">
          <button
            type="submit"
            className="second"
            name="lively"
            value={isLively ? 'no' : 'yes'}
            aria-pressed={isLively}
          >
            The company lives on
          </button>
        </form>
      </div>
    </section>
  );
}

interface PressProps {
  readonly provider: DemoProvider;
  /** The action's name. */
  readonly what: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** Heard in place of the word on the button. */
  readonly label?: string;
  readonly isFirst?: boolean;
  readonly children: ReactNode;
}

/** One button that does one thing. */
export function Press({
  provider,
  what,
  fields = {},
  label,
  isFirst = false,
  children,
}: PressProps): ReactElement {
  return (
    <form method="post" action={`/${provider.key}/do`}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button
        type="submit"
        name="what"
        value={what}
        {...(!isFirst && { className: 'second' })}
        {...(label !== undefined && { 'aria-label': label })}
      >
        {children}
      </button>
    </form>
  );
}
