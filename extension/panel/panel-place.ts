// Where the panel stands: at which connection, and which step somebody asked for. Knows what other pages of the extension
// leave for it in the storage, no screen.
import { useEffect, useState } from 'react';
import { forget, onChange, read, write } from '../lib/storage.ts';

/** `connection` is an id, or `new` to choose what to set up, or `latest` where nobody asked for any. */
export interface PanelPlace {
  readonly connection: string;
  readonly stepId: string | null;
  /** When it was asked for, in Unix milliseconds: a second wish for the same step is a new one. */
  readonly at: number;
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
        if (target === undefined) return current ?? { connection: 'latest', stepId: null, at: 0 };
        if (target.at === current?.at) return current;
        return { connection: target.connectionId ?? 'new', stepId: target.stepId, at: target.at };
      });
      // The next time the panel opens it stands at the same connection, but wherever work is left to do.
      if (target?.connectionId === null) await forget('panelTarget');
      else if (target?.stepId != null) await write({ panelTarget: { ...target, stepId: null } });
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
