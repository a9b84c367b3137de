// Follows the tab beside the panel through the console, if the browser lets it: only addresses of the console's own hosts
// can be read. Knows permissions and tabs, no step.
import { useEffect, useEffectEvent, useState } from 'react';
import { browser } from 'wxt/browser';

export interface FollowedConsole {
  /** Undefined until the browser has said so. */
  readonly isAllowed: boolean | undefined;
  /** Asks the browser; call it straight from a click. */
  readonly ask: () => void;
  readonly stop: () => void;
}

/**
 * Calls back with the address of the tab in front whenever it is another one; undefined for tabs elsewhere. `origins` is
 * what is asked for, `given` what is given back.
 */
export function useFollowedConsole(
  origins: readonly string[],
  given: readonly string[],
  onAddress: (address: string | undefined) => void,
): FollowedConsole {
  const [isAllowed, setAllowed] = useState<boolean>();
  const key = origins.join(' ');
  const told = useEffectEvent(onAddress);

  useEffect(() => {
    const check = async () => {
      const asked = key === '' ? [] : key.split(' ');
      setAllowed(asked.length > 0 && (await browser.permissions.contains({ origins: asked })));
    };
    void check();
    browser.permissions.onAdded.addListener(check);
    browser.permissions.onRemoved.addListener(check);
    return () => {
      browser.permissions.onAdded.removeListener(check);
      browser.permissions.onRemoved.removeListener(check);
    };
  }, [key]);

  useEffect(() => {
    if (isAllowed !== true) return;
    let last: string | undefined;
    const look = async () => {
      const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
      if (tab?.url === last) return;
      last = tab?.url;
      told(last);
    };
    void look();
    browser.tabs.onActivated.addListener(look);
    browser.tabs.onUpdated.addListener(look);
    return () => {
      browser.tabs.onActivated.removeListener(look);
      browser.tabs.onUpdated.removeListener(look);
    };
  }, [isAllowed]);

  return {
    isAllowed,
    ask: () => void browser.permissions.request({ origins: [...origins] }),
    stop: () => void Promise.all(given.map((origin) => browser.permissions.remove({ origins: [origin] }))),
  };
}
