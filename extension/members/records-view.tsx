// What one identity provider sent, request by request: filtered, followed live, one in full beside the list. Knows what
// the address chooses; the rows are `RecordTable`'s.
import { Button, Checkbox, NativeSelect } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { FilterBar } from '../parts/filter-bar.tsx';
import { PersonSelect } from '../parts/person-select.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { Toggle } from '../parts/toggle.tsx';
import { RecordSide } from './record-side.tsx';
import { RecordTable } from './record-table.tsx';
import { useRoute } from './route.ts';

export function RecordsView() {
  const trpc = useTRPC();
  const { params, go, replace } = useRoute();
  const connections = useQuery(trpc.connections.list.queryOptions());
  const chosen = connections.data?.find(({ id }) => id === params.connection) ?? connections.data?.[0];
  const seq = Number(params.record ?? 0);
  const close = () => replace({ ...params, record: undefined });
  const follows = params.follow === '1';
  return (
    <SectionPage
      title="Provisioning"
      lead="Every request of an identity provider with what became of it. Tokens, passwords and the values sent are never kept."
      {...(seq > 0 && { aside: <RecordSide key={seq} seq={seq} onClose={close} />, onCloseAside: close })}
      {...(chosen && {
        actions: (
          <Toggle
            label="Follow live"
            checked={follows}
            onChange={() => replace({ ...params, follow: follows ? undefined : '1' })}
          />
        ),
      })}
    >
      <QueryState query={connections}>
        {(all) =>
          chosen === undefined ? (
            <StateScreen
              icon={<IconPlugConnected size={28} stroke={1.5} />}
              title="No identity provider is connected"
              action={<Button onClick={() => go('connections')}>Connect one</Button>}
            >
              Connect Okta, Entra ID or another identity provider, and its requests stand here.
            </StateScreen>
          ) : (
            <>
              <FilterBar>
                <NativeSelect
                  aria-label="Connection"
                  value={chosen.id}
                  onChange={({ currentTarget }) =>
                    replace({ ...params, connection: currentTarget.value, record: undefined })
                  }
                  data={all.map(({ id, name }) => ({ value: id, label: name }))}
                />
                <PersonSelect
                  label="About anybody"
                  value={params.person ?? null}
                  onChange={(id) => replace({ ...params, person: id ?? undefined })}
                />
                <Checkbox
                  size="sm"
                  label="Only what failed"
                  checked={params.failed === '1'}
                  onChange={({ currentTarget }) =>
                    replace({ ...params, failed: currentTarget.checked ? '1' : undefined })
                  }
                />
              </FilterBar>
              <RecordTable
                connectionId={chosen.id}
                failed={params.failed === '1'}
                subjectId={params.person}
                follows={follows}
                openSeq={seq}
                onOpen={(record) =>
                  replace({ ...params, record: record.seq === seq ? undefined : String(record.seq) })
                }
              />
            </>
          )
        }
      </QueryState>
    </SectionPage>
  );
}
