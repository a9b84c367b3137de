// The section of the settings about this browser: notifications, and what the number on the toolbar button counts. It is
// kept here and told to no server.
import { Checkbox, NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { type NotificationWish, onChange, read, write } from '../lib/storage.ts';
import { Toggle } from '../parts/toggle.tsx';
import classes from './setting-section.module.css';
import { SettingFrame } from './setting-section.tsx';

const off: NotificationWish = { on: false, quiet: null };
const usualQuiet = { from: 18, to: 8 };

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: new Date(2000, 0, 1, hour).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }),
}));

export function SettingBrowser({ id }: { readonly id: string }) {
  const [wish, setWish] = useState<NotificationWish>(off);
  useEffect(() => {
    const load = async () => setWish((await read('notifications')).notifications ?? off);
    void load();
    return onChange('notifications', () => void load());
  }, []);
  const keep = (change: Partial<NotificationWish>) => {
    const next = { ...wish, ...change };
    setWish(next);
    void write({ notifications: next });
  };
  const { on, quiet } = wish;
  return (
    <SettingFrame
      id={id}
      title="This browser"
      lead="For you and this browser only; kept as soon as you choose."
    >
      <div className={classes.form}>
        <Toggle
          label="Notify me of serious findings and held removals"
          checked={on}
          onChange={(isOn) => keep({ on: isOn })}
        />
        {on && (
          <Checkbox
            size="sm"
            label="Quiet hours"
            checked={quiet !== null}
            onChange={({ currentTarget }) => keep({ quiet: currentTarget.checked ? usualQuiet : null })}
          />
        )}
        {on && quiet !== null && (
          <div className={classes.pair}>
            <NativeSelect
              label="Quiet from"
              data={hours}
              value={String(quiet.from)}
              onChange={({ currentTarget }) =>
                keep({ quiet: { ...quiet, from: Number(currentTarget.value) } })
              }
            />
            <NativeSelect
              label="Until"
              data={hours}
              value={String(quiet.to)}
              onChange={({ currentTarget }) => keep({ quiet: { ...quiet, to: Number(currentTarget.value) } })}
            />
          </div>
        )}
        <p className={classes.quiet}>
          The number on the toolbar button is what waits for somebody: people who are invited and have not
          joined, plus open findings, plus held removals. No number means that nothing waits.
        </p>
      </div>
    </SettingFrame>
  );
}
