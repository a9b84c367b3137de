// What a connection sent over the last day or the last month: as bars, as a table, and what it was put up with for. Knows
// how it is shown, not how it is counted.
import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { SyncHistory, SyncSpan } from '../../shared/sync-history.ts';
import { useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { clock, shortDate } from '../lib/time-words.ts';
import { counted } from '../parts/activity-bars.ts';
import { ActivityDrawing } from '../parts/activity-drawing.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { QueryState } from '../parts/query-state.tsx';
import classes from './connection-history.module.css';
import { type SpanChoice, spanName, spanSentence, spansSentence, sumsOf } from './connection-span-words.ts';
import { ConnectionTolerances } from './connection-tolerances.tsx';

export function ConnectionHistory({
  connectionId,
  name,
}: {
  readonly connectionId: string;
  readonly name: string;
}) {
  const [choice, setChoice] = useState<SpanChoice>('hours');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const history = useQuery(useTRPC().sync.history.queryOptions({ connectionId, timeZone }));
  const days = history.data?.days.length ?? 30;
  return (
    <section className={classes.history} aria-label={`What ${name} sent`}>
      <QueryState query={history} rows={2} height={64}>
        {(data) => (
          <>
            <div className={classes.top}>
              <Legend spans={data[choice]} />
              <SegmentedControl
                size="xs"
                aria-label="Over how long"
                data={[
                  { value: 'hours', label: '24 hours' },
                  { value: 'days', label: counted(days, 'day') },
                ]}
                value={choice}
                onChange={(chosen) => setChoice(chosen === 'days' ? 'days' : 'hours')}
              />
            </div>
            <Bars history={data} choice={choice} name={name} />
            <ConnectionTolerances tolerances={data.tolerances} choice={choice} />
          </>
        )}
      </QueryState>
    </section>
  );
}

function Legend({ spans }: { readonly spans: readonly SyncSpan[] }) {
  const { writes, errors, tolerated } = sumsOf(spans);
  const keys = [
    ['writes', counted(writes, 'change')],
    ['errors', counted(errors, 'error')],
    ['tolerated', `${tolerated.toLocaleString()} put up with`],
  ] as const;
  return (
    <p className={classes.legend}>
      {keys.map(([of, words]) => (
        <span key={of} className={classes.key} data-of={of}>
          <svg viewBox="0 0 8 8" width="8" height="8" aria-hidden="true">
            <rect width="8" height="8" rx="1" fill="currentColor" />
          </svg>
          {words}
        </span>
      ))}
    </p>
  );
}

function Bars({
  history,
  choice,
  name,
}: {
  readonly history: SyncHistory;
  readonly choice: SpanChoice;
  readonly name: string;
}) {
  const now = useNow();
  const [isTable, setTable] = useState(false);
  const tableId = useId();
  const spans = history[choice];
  const [first] = spans;
  return (
    <>
      <figure className={classes.chart}>
        <ActivityDrawing
          writes={spans.map(({ writes }) => writes)}
          errors={spans.map(({ errors }) => errors)}
          tolerated={spans.map(({ tolerated }) => tolerated)}
          width={696}
          height={56}
          label={spansSentence(spans, choice, now)}
          titleOf={(index) => (spans[index] === undefined ? '' : spanSentence(spans[index], choice, now))}
        />
        <figcaption className={classes.caption}>
          <span>
            {first && (choice === 'hours' ? `yesterday ${clock(first.from)}` : shortDate(first.from, now))}
          </span>
          <span>{choice === 'hours' ? 'now' : 'today'}</span>
        </figcaption>
      </figure>
      <Button
        className={classes.open ?? ''}
        variant="subtle"
        size="compact-sm"
        aria-expanded={isTable}
        aria-controls={tableId}
        onClick={() => setTable(!isTable)}
      >
        {isTable ? 'Hide the table' : 'Show as a table'}
      </Button>
      <div id={tableId} hidden={!isTable}>
        {isTable && <Table spans={spans} choice={choice} name={name} />}
      </div>
    </>
  );
}

function Table({
  spans,
  choice,
  name,
}: {
  readonly spans: readonly SyncSpan[];
  readonly choice: SpanChoice;
  readonly name: string;
}) {
  const now = useNow();
  const rows = spans.filter(({ writes, errors, tolerated }) => writes + errors + tolerated > 0).toReversed();
  const columns: readonly Column<SyncSpan>[] = [
    {
      title: choice === 'hours' ? 'Half hour' : 'Day',
      strong: true,
      cell: (span) => spanName(span, choice, now),
    },
    { title: 'Changes', width: '120px', end: true, cell: ({ writes }) => writes.toLocaleString() },
    { title: 'Errors', width: '120px', end: true, cell: ({ errors }) => errors.toLocaleString() },
    { title: 'Put up with', width: '120px', end: true, cell: ({ tolerated }) => tolerated.toLocaleString() },
  ];
  if (rows.length === 0) return <p className={classes.quiet}>Nothing was sent.</p>;
  return (
    <>
      <DataTable
        label={`What ${name} sent, the latest first`}
        columns={columns}
        rows={rows}
        keyOf={({ from }) => String(from)}
      />
      {rows.length < spans.length && (
        <p className={classes.small}>
          {choice === 'hours' ? 'In the other half hours' : 'On the other days'} nothing was sent.
        </p>
      )}
    </>
  );
}
