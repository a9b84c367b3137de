// Who and what a held removal took away, and whether they are back. Reads only.
import { Anchor } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTRPCClient } from '../lib/api.ts';
import { LoadOlder } from '../parts/load-older.tsx';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { pageOf, usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SideArea } from '../parts/side-area.tsx';
import classes from './hold-card.module.css';
import { amountOf, connectionOf, departures, type Hold } from './hold-words.ts';
import { hashOf } from './route.ts';

const pageSize = 50;

export function HoldSide({ hold, onClose }: { readonly hold: Hold; readonly onClose: () => void }) {
  const client = useTRPCClient();
  const held = usePages(
    ['holds', 'held'],
    { holdId: hold.id },
    async (before: number | undefined, signal) => {
      const query = { holdId: hold.id, limit: pageSize + 1, ...(before !== undefined && { before }) };
      return pageOf(await client.holds.held.query(query, { signal }), pageSize, ({ seq }) => seq);
    },
  );
  return (
    <SideArea title={`Taken away: ${amountOf(hold)}`} sub={`By ${connectionOf(hold)}`} onClose={onClose}>
      <QueryState query={held} rows={6} height={44}>
        {(all) => (
          <ul className={classes.people}>
            {all.map(({ seq, what, subject, name, email, present }) => (
              <li key={seq} className={classes.person}>
                {subject.kind === 'member' ? (
                  <MemberAvatar id={subject.id} name={name ?? '?'} />
                ) : (
                  <IconUsersGroup size={26} stroke={1.5} aria-hidden="true" />
                )}
                <span className={classes.who}>
                  {subject.kind === 'member' && present ? (
                    <Anchor c="inherit" href={hashOf('people', { member: subject.id })}>
                      {name ?? 'Erased'}
                    </Anchor>
                  ) : (
                    (name ?? 'Erased')
                  )}
                  {email !== null && <span className={classes.email}>{email}</span>}
                </span>
                <span className={classes.state}>{present ? 'In the directory' : departures[what]}</span>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      <LoadOlder pages={held} label="Load more" />
    </SideArea>
  );
}
