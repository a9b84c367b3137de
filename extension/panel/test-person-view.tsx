// The test with one person: four things to do, each ticked by the request that it causes. Knows when the test began; what
// counts as which, it is told.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import type { Connection } from './panel-connection.ts';
import { StepTime } from './step-time.tsx';
import { testedBy, tries } from './test-person.ts';
import classes from './test-person-view.module.css';

export function TestPerson({ connection }: { readonly connection: Connection }) {
  const trpc = useTRPC();
  const [after, setAfter] = useState<number>();
  const records = useQuery(trpc.records.list.queryOptions({ connectionId: connection.id, limit: 200 }));
  const newest = records.data?.[0]?.seq ?? 0;
  const seen = testedBy(records.data ?? [], after ?? newest);
  const done = seen.filter((one) => one !== undefined).length;
  return (
    <div className={classes.test}>
      <ol className={classes.tries} aria-label="What to do with the test person">
        {tries.map((one, n) => {
          const request = seen[n];
          return (
            <li key={one.id} className={classes.try}>
              <StatusMark tone={request ? 'ok' : after !== undefined && n === done ? 'waiting' : 'quiet'}>
                <span className={classes.words}>{one[connection.kind]}</span>
              </StatusMark>
              {request && (
                <span className={classes.seen}>
                  <code>{request.method}</code> <StepTime at={request.at} />
                </span>
              )}
            </li>
          );
        })}
      </ol>
      <p className={classes.state} role="status">
        {after !== undefined &&
          (done === tries.length
            ? 'All four arrived. The test person can be taken away again.'
            : `${done} of ${tries.length} arrived. Each shows here within a second or two.`)}
      </p>
      <div>
        <Button
          variant="default"
          size="compact-sm"
          disabled={records.data === undefined}
          onClick={() => setAfter(newest)}
        >
          {after === undefined ? 'Start the test' : 'Start again'}
        </Button>
      </div>
    </div>
  );
}
