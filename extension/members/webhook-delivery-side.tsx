// One delivery in full: what it is, each try with what came of it, and sending it again. Never the message itself.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { WebhookDelivery } from '../../shared/webhook.ts';
import { useTRPC } from '../lib/api.ts';
import { Facts } from '../parts/facts.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { SideArea } from '../parts/side-area.tsx';
import classes from '../parts/sso-attempt-list.module.css';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell, tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { TimeDue } from '../parts/time-due.tsx';
import { deliveryStates } from './webhook-words.ts';

/** Sends one delivery again. */
interface Replay {
  readonly isPending: boolean;
  readonly mutate: (
    what: { readonly endpointId: string; readonly deliveryId: string },
    told: { readonly onSuccess: () => void; readonly onError: (error: unknown) => void },
  ) => void;
}

export function WebhookDeliverySide({
  endpointId,
  delivery,
  replay,
  onClose,
}: {
  readonly endpointId: string;
  readonly delivery: WebhookDelivery;
  /** Missing for those who may only look. */
  readonly replay: Replay | undefined;
  readonly onClose: () => void;
}) {
  const { id: deliveryId, messageId, type, subject, at, state, nextAt } = delivery;
  const attempts = useQuery(useTRPC().webhooks.attempts.queryOptions({ endpointId, deliveryId }));
  const [tone, word] = deliveryStates[state];
  const isOver = state !== 'waiting' && state !== 'sending';
  return (
    <SideArea title={type} sub={<TimeAgo at={at} />} onClose={onClose}>
      <Facts
        of={[
          [
            'State',
            <StatusMark key="state" tone={tone}>
              {word}
            </StatusMark>,
          ],
          ['About', `${subject.kind} ${subject.id}`],
          ['Message', messageId],
          ...(nextAt === null ? [] : [['Next try', <TimeDue key="next" at={nextAt} />] as const]),
        ]}
      />
      {replay && isOver && type !== 'webhook.test' && (
        <Button
          variant="default"
          mb={16}
          loading={replay.isPending}
          onClick={() =>
            replay.mutate(
              { endpointId, deliveryId },
              { onSuccess: () => tell('The message is on its way again.'), onError: tellFailure },
            )
          }
        >
          Send again
        </Button>
      )}
      <QueryState query={attempts} rows={2}>
        {(tries) => (
          <ul className={classes.list} aria-label="Tries">
            {tries.map(({ at: triedAt, delivered, durationMs, outcome }) => (
              <li key={triedAt}>
                <p className={classes.head}>
                  <StatusMark tone={delivered ? 'ok' : 'attention'}>
                    {delivered ? 'Taken' : 'Not taken'}
                  </StatusMark>
                  <span className={classes.quiet}>
                    <TimeAgo at={triedAt} />, {durationMs.toLocaleString()} ms
                  </span>
                </p>
                <p>{outcome}</p>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </SideArea>
  );
}
