// Where the panel stands: at which connection, and which step somebody asked for. Knows what other pages of the extension
// leave for it in the storage, no screen.
import { useEffect, useState } from 'react';
import { onChange, type PanelTarget, read, write } from '../lib/storage.ts';

/** `connection` is an id, or `new` to choose what to set up, or `latest` where nobody asked for any. */
export interface PanelPlace {
  readonly connection: string;
  readonly stepId: string | null;
  /** When it was asked for, in Unix milliseconds: a second wish for the same step is a new one. */
  readonly at: number;
}

const latest: PanelPlace = { connection: 'latest', stepId: null, at: 0 };

/** For how long a wish stands: a panel that opens much later goes to the work that is left. */
const freshMs = 60_000;

function placeOf({ connectionId, stepId, at }: PanelTarget, now: number): PanelPlace {
  const isFresh = now - at < freshMs;
  if (connectionId === null) return isFresh ? { connection: 'new', stepId: null, at } : latest;
  return { connection: connectionId, stepId: isFresh ? stepId : null, at };
}

/** The place, undefined until the storage has said it, and the way to another one. */
export function usePanelPlace(): {
  readonly place: PanelPlace | undefined;
  readonly stand: (connection: string, stepId?: string) => void;
} {
  const [place, setPlace] = useState<PanelPlace>();
  useEffect(() => {
    const take = async () => {
      const { panelTarget: target } = await read('panelTarget');
      setPlace((current) => {
        if (target === undefined) return current ?? latest;
        return target.at === current?.at ? current : placeOf(target, Date.now());
      });
    };
    void take();
    return onChange('panelTarget', () => void take());
  }, []);
  const stand = (connection: string, stepId?: string) => {
    const at = Date.now();
    setPlace({ connection, stepId: stepId ?? null, at });
    if (connection !== 'new') void write({ panelTarget: { connectionId: connection, stepId: null, at } });
  };
  return { place, stand };
}
