// The endpoints that are told what happens, or the deliveries of one of them. Knows the list and where a new one is made.
import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import classes from './connection-card.module.css';
import { useRoute } from './route.ts';
import { WebhookCard } from './webhook-card.tsx';
import { WebhookDeliveries } from './webhook-deliveries.tsx';
import { WebhookDialog } from './webhook-dialog.tsx';

/** How often the queues are looked at, in milliseconds. */
const rhythm = 3000;

export function WebhooksView() {
  const { params } = useRoute();
  const readOnly = !useRights()('change webhooks');
  const [isMaking, setMaking] = useState(false);
  const endpoints = useEndpoints();
  const shown = endpoints.data?.find(({ id }) => id === params.endpoint);
  if (shown !== undefined) return <WebhookDeliveries endpoint={shown} readOnly={readOnly} />;
  const make = !readOnly && (
    <Button
      leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
      onClick={() => setMaking(true)}
    >
      New webhook
    </Button>
  );
  return (
    <SectionPage
      title="Webhooks"
      lead="Tell other systems what happens here: signed, in order for each person, tried for three days."
      {...(endpoints.data !== undefined && endpoints.data.length > 0 && { actions: make })}
      narrow
    >
      <ReadOnlyNote right="change webhooks" />
      <QueryState query={endpoints} rows={3} height={96}>
        {(all) =>
          all.length === 0 ? (
            <StateScreen
              icon={<IconWebhook size={28} stroke={1.5} />}
              title="No system is told of anything"
              action={make}
            >
              Give the address of a receiver, choose the events, and paste the secret there.
            </StateScreen>
          ) : (
            <ul className={classes.list}>
              {all.map((endpoint) => (
                <li key={endpoint.id}>
                  <WebhookCard endpoint={endpoint} readOnly={readOnly} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {isMaking && <WebhookDialog onClose={() => setMaking(false)} />}
    </SectionPage>
  );
}

/** What is delivered is no news in the history: the queues are asked for again, and when they have moved, what was sent. */
function useEndpoints() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const endpoints = useQuery(trpc.webhooks.list.queryOptions(undefined, { refetchInterval: rhythm }));
  const { data } = endpoints;
  const seen = useRef(data);
  useEffect(() => {
    const hasMoved = seen.current !== undefined && seen.current !== data;
    seen.current = data;
    if (hasMoved) void queries.invalidateQueries({ queryKey: trpc.webhooks.deliveries.pathKey() });
  }, [data, queries, trpc]);
  return endpoints;
}
