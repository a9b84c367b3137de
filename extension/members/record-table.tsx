// The requests of one connection, the newest first. Following, new ones come in on top; else the list stands still and
// says how many there are. Knows the pages and the news, not the filters' fields.
import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { exactTime } from '../lib/time-words.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { pageOf, usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { freshOf } from './record-feed.ts';
import classes from './record-table.module.css';
import {
  clientName,
  durationOf,
  momentOf,
  outcomeOf,
  pathOf,
  type RequestRecord,
  toneOf,
} from './record-words.ts';

const pageSize = 50;

export function RecordTable({
  connectionId,
  failed,
  subjectId,
  follows,
  openSeq,
  onOpen,
}: {
  readonly connectionId: string;
  readonly failed: boolean;
  readonly subjectId: string | undefined;
  readonly follows: boolean;
  readonly openSeq: number;
  readonly onOpen: (record: RequestRecord) => void;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const now = useNow();
  const filter = { connectionId, failed, ...(subjectId !== undefined && { subjectId }) };
  // Under a name of its own: news must not move the rows that somebody is reading.
  const pages = usePages(['shown records', 'list'], filter, async (before: number | undefined, signal) => {
    const query = { ...filter, limit: pageSize + 1, ...(before !== undefined && { before }) };
    return pageOf(await client.records.list.query(query, { signal }), pageSize, ({ seq }) => seq);
  });
  // The page's stream of requests makes this one old whenever there are new ones.
  const newest = useQuery(
    trpc.records.list.queryOptions({ ...filter, limit: pageSize }, { placeholderData: keepPreviousData }),
  );
  const { fresh, isGap } = freshOf(newest.data ?? [], pages.data ?? []);
  const { refetch } = pages;
  useEffect(() => {
    if (follows && isGap) void refetch();
  }, [follows, isGap, refetch]);
  // Beside an open request there is no room for who sent it; the request itself says so.
  const columns = columnsAt(now).filter(({ title }) => openSeq === 0 || title !== 'Client');
  return (
    <QueryState query={pages} rows={10}>
      {(older) => {
        const rows = follows ? [...fresh, ...older] : older;
        return (
          <>
            <div aria-live="polite" className={classes.news}>
              {!follows && fresh.length > 0 && (
                <Button variant="light" size="compact-sm" onClick={() => void refetch()}>
                  Show {isGap ? `${pageSize}+` : fresh.length.toLocaleString()} new{' '}
                  {fresh.length === 1 ? 'request' : 'requests'}
                </Button>
              )}
              {follows && <StatusMark tone="ok">Following: new requests come in on top</StatusMark>}
            </div>
            {rows.length === 0 ? (
              <NoRecords isFiltered={failed || subjectId !== undefined} />
            ) : (
              <DataTable
                label="Requests"
                columns={columns}
                rows={rows}
                keyOf={({ seq }) => String(seq)}
                openKey={String(openSeq)}
                onOpen={onOpen}
              />
            )}
            <LoadOlder pages={pages} />
          </>
        );
      }}
    </QueryState>
  );
}

const columnsAt = (now: number): readonly Column<RequestRecord>[] => [
  {
    title: 'Time',
    width: '156px',
    cut: true,
    cell: ({ at }) => (
      <time dateTime={new Date(at).toISOString()} title={exactTime(at)}>
        {momentOf(at, now)}
      </time>
    ),
  },
  {
    title: 'Request',
    cut: true,
    cell: ({ method, path, query }) => (
      <code className={classes.code}>
        {method} {pathOf(path)}
        {query === '' ? '' : `?${query}`}
      </code>
    ),
  },
  {
    title: 'Outcome',
    cut: true,
    cell: (record) => <StatusMark tone={toneOf(record)}>{outcomeOf(record)}</StatusMark>,
  },
  { title: 'Client', width: '104px', cut: true, cell: ({ client }) => clientName(client) },
  { title: 'Took', width: '88px', end: true, cell: durationOf },
];

function NoRecords({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <StateScreen
      icon={<IconInbox size={28} stroke={1.5} />}
      title={isFiltered ? 'No request like this' : 'Nothing has arrived yet'}
    >
      {isFiltered
        ? 'Nothing that is kept fits these filters. Older requests are deleted as the settings say.'
        : 'The first request of the identity provider appears here the moment it arrives.'}
    </StateScreen>
  );
}
