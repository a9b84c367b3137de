// A whole screen for trouble that leaves nothing to show: what it means and the one action that helps. Knows what each
// action does; words are in standing-words.
import { Button } from '@mantine/core';
import {
  IconCloudOff,
  IconLogin2,
  IconPlugConnectedX,
  IconRefreshAlert,
  IconShieldLock,
} from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { browser } from 'wxt/browser';
import { accountKey } from '../lib/account.ts';
import { ask } from '../lib/messages.ts';
import { useSession } from '../lib/mount-page.tsx';
import { originPattern } from '../lib/server-address.ts';
import { StateScreen } from '../parts/state-screen.tsx';
import { SignInOutcome } from './sign-in-outcome.tsx';
import { type Trouble, troubleWords } from './standing-words.ts';
import classes from './trouble-view.module.css';
import { updateExtension } from './update-extension.ts';
import type { Recovery } from './use-recovery.ts';
import { useSignIn } from './use-sign-in.ts';

const icons: Readonly<Record<Trouble['kind'], ReactNode>> = {
  signed_out: <IconLogin2 size={40} stroke={1.5} />,
  offline: <IconCloudOff size={40} stroke={1.5} />,
  server_down: <IconPlugConnectedX size={40} stroke={1.5} />,
  no_permission: <IconShieldLock size={40} stroke={1.5} />,
  version_mismatch: <IconRefreshAlert size={40} stroke={1.5} />,
};

export function TroubleView({
  trouble,
  recovery,
}: {
  readonly trouble: Trouble;
  readonly recovery: Recovery;
}) {
  const { account } = useSession();
  const { state, begin } = useSignIn();
  const [note, setNote] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  const words = troubleWords(trouble, new URL(account.server).host);
  // The focus was somewhere in what has gone.
  useEffect(() => button.current?.focus(), []);

  const act = () => {
    if (trouble.kind === 'signed_out') return begin(account.server);
    if (trouble.kind === 'no_permission') {
      const asked = browser.permissions.request({ origins: [originPattern(trouble.origin)] });
      return void asked.then(recovery.retry);
    }
    if (trouble.kind === 'version_mismatch' && trouble.newer === 'server')
      return void updateExtension().then(setNote);
    void recovery.retry();
  };
  return (
    <main className={classes.screen}>
      <h1 className={classes.org}>{account.org.name}</h1>
      <div className={classes.middle}>
        <StateScreen
          icon={icons[trouble.kind]}
          title={words.title}
          action={
            <Button
              ref={button}
              onClick={act}
              loading={recovery.isTrying || state.kind === 'asking' || state.kind === 'signing_in'}
            >
              {words.action}
            </Button>
          }
        >
          {words.text}
        </StateScreen>
        <div className={classes.outcome}>
          <SignInOutcome state={state} />
          <p role="status">{note}</p>
        </div>
      </div>
      {trouble.kind === 'signed_out' && (
        <Button
          className={classes.leave}
          variant="subtle"
          onClick={() => void ask({ type: 'sign-out', key: accountKey(account) })}
        >
          Use another server
        </Button>
      )}
    </main>
  );
}
