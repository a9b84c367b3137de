// What happened to somebody, the latest first, in the server's sentences. Knows pages, and which news is bad.

import { useTRPCClient } from '../lib/api.ts';
import { LoadOlder } from '../parts/load-older.tsx';
import { usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './member-drawer.module.css';

/** How much of it is loaded at a time. */
const pageSize = 15;

const tones: Readonly<Record<string, 'bad' | 'ok'>> = {
  'member.blocked': 'bad',
  'member.deactivated': 'bad',
  'member.removed': 'bad',
  'member.joined': 'ok',
};

export function DrawerTimeline({ memberId }: { readonly memberId: string }) {
  const api = useTRPCClient();
  const timeline = usePages(['members', 'timeline'], { memberId }, async (before: number | undefined) => {
    const page = await api.members.timeline.query({
      memberId,
      limit: pageSize,
      ...(before !== undefined && { before }),
    });
    return { items: page.entries, next: page.next };
  });
  return (
    <section>
      <h3 className={classes.heading}>What happened</h3>
      <QueryState query={timeline} rows={4}>
        {(entries) => (
          <ol className={classes.timeline}>
            {entries.map(({ seq, at, type, sentence, detail }) => (
              <li key={seq} className={classes.event} data-tone={tones[type]}>
                <p>{sentence}</p>
                <p className={classes.note}>
                  <TimeAgo at={at} />
                  {detail !== undefined && ` · ${detail}`}
                </p>
              </li>
            ))}
          </ol>
        )}
      </QueryState>
      <LoadOlder pages={timeline} label="Show older" />
    </section>
  );
}
