// One value of what the extension keeps, as a view reads and writes it. Knows no key of its own.
import { useEffect, useState } from 'react';
import { type Kept, onChange, read, write } from '../lib/storage.ts';

/** What was read or written last, so that a view has it from its first drawing on. */
let latest: Partial<Kept> = {};

/** Reads values before anything is drawn. */
export async function readBeforehand<Key extends keyof Kept>(
  ...keys: readonly Key[]
): Promise<Partial<Pick<Kept, Key>>> {
  const kept = await read(...keys);
  latest = { ...latest, ...kept };
  return kept;
}

/** Undefined until it is read, or when nothing is kept; other pages' changes arrive too. */
export function useKept<Key extends keyof Kept>(
  key: Key,
): readonly [Kept[Key] | undefined, (value: Kept[Key]) => void] {
  const [value, setValue] = useState<Kept[Key] | undefined>(latest[key]);
  useEffect(() => {
    const load = async () => {
      const { [key]: next } = await readBeforehand(key);
      // The same once more is no reason to draw anything anew.
      setValue((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    };
    void load();
    return onChange(key, () => void load());
  }, [key]);
  return [
    value,
    (next) => {
      setValue(next);
      latest = { ...latest, [key]: next };
      void write({ [key]: next } as unknown as Partial<Kept>);
    },
  ];
}
