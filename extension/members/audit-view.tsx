// Who changed what, when, from what to what: filtered, in pages, one entry in full, and the whole as a file.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { download, useTRPCClient } from '../lib/api.ts';
import { useSession } from '../lib/mount-page.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { type Page, usePages } from '../parts/pages.ts';
import { PersonSelect } from '../parts/person-select.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { auditFilterOf, auditQueryString } from './audit-filter.ts';
import { AuditSide } from './audit-side.tsx';
import {
  type AuditEntry,
  actionWords,
  actorOf,
  auditTopics,
  changesInBrief,
  subjectOf,
} from './audit-words.ts';
import { useRoute } from './route.ts';

const pageSize = 50;

const columns: readonly Column<AuditEntry>[] = [
  { title: 'When', width: '112px', cell: ({ at }) => <TimeAgo at={at} /> },
  { title: 'Who', width: '18%', cut: true, cell: actorOf },
  { title: 'Did what', width: '20%', cut: true, cell: ({ action }) => actionWords(action) },
  { title: 'To', width: '20%', cut: true, cell: subjectOf },
  { title: 'From → to', cut: true, cell: changesInBrief },
];

export function AuditView() {
  const client = useTRPCClient();
  const { params, replace } = useRoute();
  const filter = auditFilterOf(params);
  const pages = usePages(['audit', 'list'], filter, async (before: number | undefined, signal) => {
    const query = { ...filter, limit: pageSize, ...(before !== undefined && { before }) };
    const { entries, next } = await client.audit.list.query(query, { signal });
    return { items: entries, next } satisfies Page<AuditEntry, number>;
  });
  const set = (change: Record<string, string | undefined>) =>
    replace({ ...params, entry: undefined, ...change });
  const opened = pages.data?.find(({ seq }) => String(seq) === params.entry);
  const close = () => set({});
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <SectionPage
      title="Audit log"
      lead="Who changed what. Entries are added, never changed."
      actions={<ExportButton path={`/export/audit.ndjson${auditQueryString(filter)}`} />}
      {...(opened && {
        aside: <AuditSide key={opened.seq} entry={opened} onClose={close} />,
        onCloseAside: close,
      })}
    >
      <FilterBar>
        <NativeSelect
          aria-label="What it is about"
          value={params.action ?? ''}
          onChange={({ currentTarget }) => set({ action: currentTarget.value })}
          data={[...auditTopics]}
        />
        <PersonSelect
          label="By anybody"
          value={params.actor ?? null}
          onChange={(id) => set({ actor: id ?? undefined })}
        />
        <PersonSelect
          label="To anybody"
          value={params.subject ?? null}
          onChange={(id) => set({ subject: id ?? undefined })}
        />
        <TextInput
          type="date"
          aria-label="From this day on"
          leftSection="From"
          leftSectionWidth={52}
          leftSectionPointerEvents="none"
          w={172}
          value={params.from ?? ''}
          onChange={({ currentTarget }) => set({ from: currentTarget.value })}
        />
        <TextInput
          type="date"
          aria-label="Up to and with this day"
          leftSection="To"
          leftSectionWidth={36}
          leftSectionPointerEvents="none"
          w={156}
          value={params.to ?? ''}
          onChange={({ currentTarget }) => set({ to: currentTarget.value })}
        />
        {isFiltered && (
          <Button variant="subtle" onClick={() => replace({})}>
            Clear filters
          </Button>
        )}
      </FilterBar>
      <QueryState query={pages} rows={10}>
        {(entries) =>
          entries.length === 0 ? (
            <StateScreen icon={<IconHistory size={28} stroke={1.5} />} title="No entry like this">
              Nothing in the log fits these filters.
            </StateScreen>
          ) : (
            <>
              <DataTable
                label="Audit log"
                columns={columns}
                rows={entries}
                keyOf={({ seq }) => String(seq)}
                openKey={params.entry ?? null}
                onOpen={({ seq }) => set({ entry: String(seq) === params.entry ? undefined : String(seq) })}
              />
              <LoadOlder pages={pages} />
            </>
          )
        }
      </QueryState>
    </SectionPage>
  );
}

function ExportButton({ path }: { readonly path: string }) {
  const { account, standing } = useSession();
  const file = useMutation({
    mutationFn: () => download(account, standing, path),
    onSuccess: (blob) => {
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = 'audit.ndjson';
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onError: tellFailure,
  });
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} stroke={1.5} aria-hidden="true" />}
      loading={file.isPending}
      onClick={() => file.mutate()}
    >
      Export as NDJSON
    </Button>
  );
}
