// The top of the popup: whose directory, how provisioning stands in one word, and the sentence behind that word.

import type { OrgSync } from '../../shared/sync-status.ts';
import { AccountMenu } from '../connect/account-menu.tsx';
import { useNow } from '../lib/now.ts';
import { SyncStateMark } from '../parts/sync-state-mark.tsx';
import { headerSentence } from './header-sentence.ts';
import classes from './popup-header.module.css';

export function PopupHeader({
  sync,
  onShowSync,
}: {
  readonly sync: OrgSync | undefined;
  readonly onShowSync?: () => void;
}) {
  const now = useNow();
  const sentence = sync && headerSentence(sync, now);
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        <div className={classes.org}>
          <AccountMenu page="popup" />
        </div>
        {sync && (
          <button type="button" className={classes.state} onClick={onShowSync}>
            <SyncStateMark state={sync.state} />
          </button>
        )}
      </div>
      <p className={classes.sentence} title={sentence}>
        {sentence}
      </p>
    </header>
  );
}
