// The people by status, as links with their numbers. Knows statuses and the address.
import { useQuery } from '@tanstack/react-query';
import type { MemberStatus } from '../../shared/member.ts';
import { useTRPC } from '../lib/api.ts';
import { statusWords } from './member-status-mark.tsx';
import { isEverybody, type PeopleQuery, paramsOf, withFilter } from './people-query.ts';
import { hashOf } from './route.ts';
import classes from './status-tabs.module.css';

/** From those who are in to those who are out. */
const order: readonly MemberStatus[] = ['active', 'invited', 'not_invited', 'blocked', 'deactivated'];

export function StatusTabs({ query }: { readonly query: PeopleQuery }) {
  const trpc = useTRPC();
  const { connectionId } = query.filter;
  const counts = useQuery(
    trpc.members.counts.queryOptions(connectionId === undefined ? {} : { connectionId }),
  );
  // The numbers know of no other filter; beside one they would say something wrong.
  const isCounted = isEverybody({ ...query.filter, connectionId: undefined });
  const tabs = [
    { status: null, word: 'All', count: counts.data?.total },
    ...order.map((status) => ({
      status,
      word: statusWords[status].word,
      count: counts.data?.byStatus[status],
    })),
  ];
  return (
    <nav aria-label="People by status">
      <ul className={classes.tabs}>
        {tabs.map(({ status, word, count }) => (
          <li key={word}>
            <a
              className={classes.tab}
              href={hashOf('people', paramsOf(withFilter(query, 'status', status)))}
              aria-current={(query.filter.status ?? null) === status ? 'page' : undefined}
            >
              {word}
              {isCounted && count !== undefined && (
                <span className={classes.count}> {count.toLocaleString()}</span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
