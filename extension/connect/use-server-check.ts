// Checks an address while it is typed: a moment after the last key, and never two at a time. Knows timing, no words.
import { useEffect, useState } from 'react';
import { checkServer, readDraft, type ServerCheck } from './probe-server.ts';

const pauseMs = 300;

export interface LiveCheck {
  readonly check: ServerCheck;
  /** Whether somebody is being asked at this moment; `check` is about an earlier text then. */
  readonly isChecking: boolean;
}

/** `attempt` counts up to ask again for the same text. */
export function useServerCheck(text: string, attempt: number): LiveCheck {
  const [live, setLive] = useState<LiveCheck>({ check: { kind: 'empty' }, isChecking: text !== '' });
  useEffect(() => {
    const draft = readDraft(text);
    if ('kind' in draft) {
      setLive({ check: draft, isChecking: false });
      return;
    }
    const stop = new AbortController();
    setLive(({ check }) => ({ check, isChecking: true }));
    const timer = setTimeout(
      () => {
        checkServer(draft.server, stop.signal).then(
          (check) => setLive({ check, isChecking: false }),
          () => {},
        );
      },
      attempt === 0 ? pauseMs : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [text, attempt]);
  return live;
}
