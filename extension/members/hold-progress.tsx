// How far a restoration has come, as the list of those who were taken away shows it. Asks again every second.
import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import classes from './hold-card.module.css';
import { amountOf, type Hold } from './hold-words.ts';

/** The list is asked for its first page; of a larger removal the bar tells the beginning. */
const most = 200;

export function HoldProgress({ hold }: { readonly hold: Hold }) {
  const trpc = useTRPC();
  const { data = [] } = useQuery(
    trpc.holds.held.queryOptions({ holdId: hold.id, limit: most }, { refetchInterval: 1000 }),
  );
  const back = data.filter(({ present }) => present).length;
  const all = Math.max(data.length, 1);
  return (
    <div className={classes.progress} role="status">
      <Progress value={(100 * back) / all} aria-label="Restored" size="sm" />
      Bringing back {amountOf(hold)}. It goes on if you close the page.
    </div>
  );
}
