// What stands in the place of an answer: bars while it is on its way, a sentence and a button when it failed. Knows how a
// query stands, not what it asks.
import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { failureOf } from '../lib/api.ts';
import { SlowSkeleton } from './slow-skeleton.tsx';
import { StateScreen } from './state-screen.tsx';

interface Asked<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Old data beats a failure: the failing screen comes only where there is nothing to show. */
export function QueryState<Data>({
  query,
  rows = 6,
  height = 40,
  children,
}: {
  readonly query: Asked<Data>;
  readonly rows?: number;
  readonly height?: number;
  readonly children: (data: Data) => ReactNode;
}) {
  if (query.data !== undefined) return children(query.data);
  if (query.error == null) return <SlowSkeleton rows={rows} height={height} />;
  return (
    <StateScreen
      icon={<IconCloudOff size={28} stroke={1.5} />}
      title="This could not be loaded"
      action={
        <Button variant="default" onClick={() => void query.refetch()}>
          Try again
        </Button>
      }
    >
      {failureOf(query.error).message}
    </StateScreen>
  );
}
