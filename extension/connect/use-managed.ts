// What an IT department presets, and how late a browser may know it.
import { useEffect, useState } from 'react';
import { type Managed, readManaged } from '../lib/storage.ts';

/** How long it is worth waiting for, in milliseconds: a browser that has just started needs seconds. */
const withinMs = 300;

/** The preset values, `undefined` while they are waited for. Values that come late still replace none. */
export function useManaged(): Managed | undefined {
  const [managed, setManaged] = useState<Managed>();
  useEffect(() => {
    const timer = setTimeout(() => setManaged((known) => known ?? {}), withinMs);
    void readManaged().then(setManaged);
    return () => clearTimeout(timer);
  }, []);
  return managed;
}
