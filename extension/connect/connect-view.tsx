// The first screen: which server, and signing in there. Knows whether an IT department has answered the first question.
import type { Opened } from '../lib/mount-page.tsx';
import { readServerAddress } from '../lib/server-address.ts';
import type { Managed } from '../lib/storage.ts';
import { ConnectForm } from './connect-form.tsx';
import classes from './connect-view.module.css';
import { PresetSignIn } from './preset-sign-in.tsx';
import { RollcallMark } from './rollcall-mark.tsx';
import { useManaged } from './use-managed.ts';

export function ConnectView({
  opened,
  onBack,
}: {
  readonly opened: Pick<Opened, 'servers' | 'draftServer'>;
  /** For somebody who is signed in already. */
  readonly onBack?: () => void;
}) {
  const { servers, draftServer } = opened;
  const managed = useManaged();
  // Whoever is signed in already means another server than the preset one.
  const rules: Managed | undefined = onBack === undefined ? managed : {};
  const preset = readServerAddress(rules?.server ?? '');
  return (
    <main className={classes.screen}>
      <div className={classes.brand}>
        <RollcallMark size={24} />
        Rollcall
      </div>
      {preset && <PresetSignIn server={preset} org={rules?.org ?? ''} />}
      {rules && !preset && <ConnectForm servers={servers} draft={draftServer} {...(onBack && { onBack })} />}
    </main>
  );
}
