// The first screen: which server, and signing in there. Knows whether an IT department has answered the first question.
import type { Opened } from '../lib/mount-page.tsx';
import { readServerAddress } from '../lib/server-address.ts';
import { ConnectForm } from './connect-form.tsx';
import classes from './connect-view.module.css';
import { PresetSignIn } from './preset-sign-in.tsx';
import { RollcallMark } from './rollcall-mark.tsx';

export function ConnectView({
  opened,
  onBack,
}: {
  readonly opened: Pick<Opened, 'servers' | 'draftServer' | 'managed'>;
  /** For somebody who is signed in already. */
  readonly onBack?: () => void;
}) {
  const { managed, servers, draftServer } = opened;
  const preset = onBack === undefined ? readServerAddress(managed.server ?? '') : undefined;
  return (
    <main className={classes.screen}>
      <div className={classes.brand}>
        <RollcallMark size={24} />
        Rollcall
      </div>
      {preset === undefined ? (
        <ConnectForm servers={servers} draft={draftServer} {...(onBack && { onBack })} />
      ) : (
        <PresetSignIn server={preset} org={managed.org ?? ''} />
      )}
    </main>
  );
}
