// One value of what the extension keeps, as a view reads and writes it. Knows no key of its own.
import { useEffect, useState } from 'react';
import { type Kept, onChange, read, write } from '../lib/storage.ts';

/** Undefined until it is read, or when nothing is kept; other pages' changes arrive too. */
export function useKept<Key extends keyof Kept>(
  key: Key,
): readonly [Kept[Key] | undefined, (value: Kept[Key]) => void] {
  const [value, setValue] = useState<Kept[Key]>();
  useEffect(() => {
    const load = () => void read(key).then((kept) => setValue(kept[key]));
    load();
    return onChange(key, load);
  }, [key]);
  return [
    value,
    (next) => {
      setValue(next);
      void write({ [key]: next } as unknown as Partial<Kept>);
    },
  ];
}
