// Requests of a while as bars: changes, errors on top of them in another colour and a pattern, and below the line those
// that were put up with. Knows how it looks only.
import { useId } from 'react';
import { activityBars } from './activity-bars.ts';
import classes from './activity-drawing.module.css';

/** How far below the line what was put up with reaches. */
const depth = 12;

export function ActivityDrawing({
  writes,
  errors,
  tolerated,
  width,
  height,
  label,
  titleOf,
}: {
  readonly writes: readonly number[];
  readonly errors: readonly number[];
  readonly tolerated?: readonly number[];
  readonly width: number;
  /** Of the bars above the line. */
  readonly height: number;
  /** All of it in words. */
  readonly label: string;
  /** What is said of a stretch when the pointer rests on it. */
  readonly titleOf?: (index: number) => string;
}) {
  const pattern = useId();
  const bars = activityBars({ writes, errors }, width, height);
  const below = tolerated && activityBars({ writes: tolerated, errors: [] }, width, depth);
  const step = width / Math.max(1, bars.length);
  const whole = height + 1 + (below ? depth + 2 : 0);
  return (
    <svg className={classes.drawing} viewBox={`0 0 ${width} ${whole}`} role="img" aria-label={label}>
      <pattern id={pattern} width="3" height="3" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="3" height="3" className={classes.errors} />
        <rect width="1" height="3" className={classes.stripe} />
      </pattern>
      {bars.map((bar, index) => (
        <g key={bar.x} className={classes.stretch}>
          {titleOf && (
            <>
              <title>{titleOf(index)}</title>
              <rect x={bar.x - 1} y="0" width={step} height={whole} className={classes.under} />
            </>
          )}
          {bar.writes > 0 && (
            <rect
              x={bar.x}
              y={height - bar.writes}
              width={bar.width}
              height={bar.writes}
              rx="1"
              className={classes.writes}
            />
          )}
          {bar.errors > 0 && (
            <rect
              x={bar.x}
              y={Math.max(0, height - bar.writes - bar.errors - 1)}
              width={bar.width}
              height={bar.errors}
              rx="1"
              fill={`url(#${pattern})`}
            />
          )}
          {(below?.[index]?.writes ?? 0) > 0 && (
            <rect
              x={bar.x}
              y={height + 3}
              width={bar.width}
              height={below?.[index]?.writes}
              rx="1"
              className={classes.tolerated}
            />
          )}
        </g>
      ))}
      <line x1="0" x2={width} y1={height + 0.5} y2={height + 0.5} className={classes.ground} />
    </svg>
  );
}
