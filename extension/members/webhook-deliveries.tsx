// What was sent to one endpoint and what came of it: in pages, one delivery in full beside it, and sending again. Knows the
// list and two ways to replay.
import { Anchor, Button, NativeSelect } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookDeliveryDays,
  webhookDeliveryStates,
} from '../../shared/webhook.ts';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { hashOf, useRoute } from './route.ts';
import { WebhookDeliverySide } from './webhook-delivery-side.tsx';
import { WebhookReplayDialog } from './webhook-replay-dialog.tsx';
import { deliveryStates } from './webhook-words.ts';

const pageSize = 50;

const columns: readonly Column<WebhookDelivery>[] = [
  { title: 'Event', width: '26%', cut: true, strong: true, cell: ({ type }) => type },
  {
    title: 'State',
    width: '120px',
    cell: ({ state }) => {
      const [tone, word] = deliveryStates[state];
      return (
        <StatusMark tone={tone} pill>
          {word}
        </StatusMark>
      );
    },
  },
  { title: 'What came of it', cut: true, cell: ({ lastOutcome }) => lastOutcome ?? 'Not tried yet' },
  { title: 'Tries', width: '64px', end: true, cell: ({ attempts }) => attempts.toLocaleString() },
  { title: 'Happened', width: '112px', cell: ({ at }) => <TimeAgo at={at} /> },
];

export function WebhookDeliveries({
  endpoint,
  readOnly,
}: {
  readonly endpoint: WebhookEndpoint;
  readonly readOnly: boolean;
}) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const { params, replace } = useRoute();
  const [isReplaying, setReplaying] = useState(false);
  const { id: endpointId, name } = endpoint;
  const state = webhookDeliveryStates.find((one) => one === params.state);
  const filter = { endpointId, ...(state !== undefined && { state }) };
  const pages = usePages(['webhooks', 'deliveries'], filter, async (before: number | undefined, signal) => {
    const query = { ...filter, limit: pageSize, ...(before !== undefined && { before }) };
    const { deliveries, next } = await client.webhooks.deliveries.query(query, { signal });
    return { items: deliveries, next };
  });
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() });
  const replay = useMutation(trpc.webhooks.replay.mutationOptions({ onSettled: refresh }));
  const set = (change: Record<string, string | undefined>) =>
    replace({ ...params, delivery: undefined, ...change });
  const opened = pages.data?.find(({ id }) => id === params.delivery);
  const close = () => set({});
  return (
    <SectionPage
      title={`Deliveries of ${name}`}
      lead={
        <>
          The latest first, for {webhookDeliveryDays} days.{' '}
          <Anchor href={hashOf('webhooks')} underline="always">
            Back to all webhooks
          </Anchor>
        </>
      }
      actions={
        readOnly || endpoint.state === 'disabled' ? undefined : (
          <Button variant="default" onClick={() => setReplaying(true)}>
            Send again since…
          </Button>
        )
      }
      {...(opened && {
        aside: (
          <WebhookDeliverySide
            key={opened.id}
            endpointId={endpointId}
            delivery={opened}
            replay={readOnly ? undefined : replay}
            onClose={close}
          />
        ),
        onCloseAside: close,
      })}
    >
      <FilterBar>
        <NativeSelect
          aria-label="State of the delivery"
          value={state ?? ''}
          onChange={({ currentTarget }) => set({ state: currentTarget.value })}
          data={[
            { value: '', label: 'All deliveries' },
            ...webhookDeliveryStates.map((value) => ({ value, label: deliveryStates[value][1] })),
          ]}
        />
      </FilterBar>
      <QueryState query={pages} rows={10}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <StateScreen icon={<IconSend size={28} stroke={1.5} />} title="No delivery like this">
              Whatever happens from now on shows here once it is sent.
            </StateScreen>
          ) : (
            <>
              <DataTable
                label={`Deliveries of ${name}`}
                columns={columns}
                rows={deliveries}
                keyOf={({ id }) => id}
                openKey={params.delivery ?? null}
                onOpen={({ id }) => set({ delivery: id === params.delivery ? undefined : id })}
              />
              <LoadOlder pages={pages} />
            </>
          )
        }
      </QueryState>
      {isReplaying && <WebhookReplayDialog endpoint={endpoint} onClose={() => setReplaying(false)} />}
    </SectionPage>
  );
}
