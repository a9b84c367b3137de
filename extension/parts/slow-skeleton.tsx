// Grey bars for what is on its way: only after a third of a second, so that quick answers never flicker.
import { useEffect, useState } from 'react';
import classes from './slow-skeleton.module.css';

const patienceMs = 300;

/** How long the bars are, in percent: as uneven as names. */
const widths = [64, 47, 71, 53, 60, 42, 68, 50, 57, 45];

export function SlowSkeleton({
  rows = 6,
  height = 48,
}: {
  readonly rows?: number;
  readonly height?: number;
}) {
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div role="status" aria-label="Loading">
      {widths.slice(0, rows).map((width) => (
        <div key={width} className={classes.row} style={{ height }}>
          <span className={classes.bar} style={{ width: `${width}%` }} />
        </div>
      ))}
    </div>
  );
}
