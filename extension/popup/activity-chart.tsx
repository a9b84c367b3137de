// A connection's last 24 hours: the bars, when they begin, and their sums. Knows how it looks only.
import type { SyncActivity } from '../../shared/sync-status.ts';
import { clock } from '../lib/time-words.ts';
import { activityWords, counted, sum } from '../parts/activity-bars.ts';
import { ActivityDrawing } from '../parts/activity-drawing.tsx';
import classes from './activity-chart.module.css';

export function ActivityChart({ activity }: { readonly activity: SyncActivity }) {
  const { from, writes, errors } = activity;
  const faults = sum(errors);
  return (
    <figure className={classes.chart}>
      <ActivityDrawing {...{ writes, errors }} width={368} height={40} label={activityWords(activity)} />
      <figcaption className={classes.caption}>
        <span>yesterday {clock(from)}</span>
        <span>
          {counted(sum(writes), 'change')}
          {faults > 0 && (
            <>
              , <span className={classes.faults}>{counted(faults, 'error')}</span>
            </>
          )}{' '}
          · now
        </span>
      </figcaption>
    </figure>
  );
}
