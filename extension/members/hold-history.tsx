// Held removals that were decided. Reads only.
import { type Column, DataTable } from '../parts/data-table.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './hold-card.module.css';
import { amountOf, connectionOf, type Hold } from './hold-words.ts';

const columns: readonly Column<Hold>[] = [
  { title: 'Removal', strong: true, cell: (hold) => `${connectionOf(hold)} took away ${amountOf(hold)}` },
  { title: 'Held', width: '120px', cell: ({ openedAt }) => <TimeAgo at={openedAt} /> },
  { title: 'Decision', width: '120px', cell: ({ ended }) => (ended === 'restored' ? 'Restored' : 'Stands') },
  { title: 'Decided', width: '120px', cell: ({ endedAt }) => endedAt !== null && <TimeAgo at={endedAt} /> },
];

export function HoldHistory({
  holds,
  openId,
  onOpen,
}: {
  readonly holds: readonly Hold[];
  readonly openId: string | null;
  readonly onOpen: (hold: Hold) => void;
}) {
  return (
    <section aria-labelledby="decided-holds">
      <h2 id="decided-holds" className={classes.heading}>
        Decided
      </h2>
      <DataTable
        label="Decided removals"
        columns={columns}
        rows={holds}
        keyOf={({ id }) => id}
        openKey={openId}
        onOpen={onOpen}
      />
    </section>
  );
}
