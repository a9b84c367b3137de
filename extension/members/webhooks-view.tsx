// The endpoints that are told what happens, or the deliveries of one of them. Knows the list and where a new one is made.
import { Button } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
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

export function WebhooksView() {
  const { params } = useRoute();
  const readOnly = !useRights()('change webhooks');
  const [isMaking, setMaking] = useState(false);
  const endpoints = useQuery(useTRPC().webhooks.list.queryOptions());
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
