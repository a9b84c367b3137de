// Why somebody has access or has none, and what to do about it, in the server's sentences. Knows how it looks.
import type { Outputs } from '../lib/api.ts';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './member-drawer.module.css';
import { statusWords } from './member-status-mark.tsx';

export function StatusBox({ person: { status, why } }: { readonly person: Outputs['members']['get'] }) {
  return (
    <div className={classes.status} data-tone={statusWords[status].tone}>
      <p className={classes.sentence}>
        {why.sentence}
        {why.at !== null && (
          <span className={classes.note}>
            {' '}
            <TimeAgo at={why.at} />
          </span>
        )}
      </p>
      {why.detail !== null && <p className={classes.detail}>{why.detail}</p>}
      {why.mend !== null && <p className={classes.mend}>{why.mend}</p>}
    </div>
  );
}
