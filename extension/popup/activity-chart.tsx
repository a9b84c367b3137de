// A connection's last 24 hours: changes, and errors in another colour and a pattern. Knows how it looks only.
import { useId } from 'react';
import type { SyncActivity } from '../../shared/sync-status.ts';
import { clock } from '../lib/time-words.ts';
import { activityBars, activityWords, counted, sum } from './activity-bars.ts';
import classes from './activity-chart.module.css';

const width = 368;
const height = 40;

export function ActivityChart({ activity }: { readonly activity: SyncActivity }) {
  const pattern = useId();
  const faults = sum(activity.errors);
  return (
    <figure className={classes.chart}>
      <svg viewBox={`0 0 ${width} ${height + 1}`} role="img" aria-label={activityWords(activity)}>
        <pattern
          id={pattern}
          width="3"
          height="3"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="3" height="3" className={classes.errors} />
          <rect width="1" height="3" className={classes.stripe} />
        </pattern>
        {activityBars(activity, width, height).map(({ x, width: wide, writes, errors }) => (
          <g key={x}>
            {writes > 0 && (
              <rect
                x={x}
                y={height - writes}
                width={wide}
                height={writes}
                rx="1"
                className={classes.writes}
              />
            )}
            {errors > 0 && (
              <rect
                x={x}
                y={Math.max(0, height - writes - errors - 1)}
                width={wide}
                height={errors}
                rx="1"
                fill={`url(#${pattern})`}
              />
            )}
          </g>
        ))}
        <line x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} className={classes.ground} />
      </svg>
      <figcaption className={classes.caption}>
        <span>yesterday {clock(activity.from)}</span>
        <span>
          {counted(sum(activity.writes), 'change')}
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
