// A slim line above data that may be old: the server is away, and the page goes on by itself. Knows no data.
import { Button } from '@mantine/core';
import { IconCloudOff } from '@tabler/icons-react';
import { useNow } from '../lib/now.ts';
import { clock, exactTime, shortDate } from '../lib/time-words.ts';
import classes from './lost-banner.module.css';
import type { Recovery } from './use-recovery.ts';

const day = 24 * 60 * 60_000;

export function LostBanner({
  isOffline,
  knownSince,
  recovery,
}: {
  readonly isOffline: boolean;
  readonly knownSince: number;
  readonly recovery: Recovery;
}) {
  const now = useNow();
  const time =
    now - knownSince < day / 2 ? clock(knownSince) : `${shortDate(knownSince, now)} ${clock(knownSince)}`;
  return (
    <div className={classes.banner} role="status">
      <IconCloudOff size={16} aria-hidden="true" />
      <span className={classes.text}>
        {isOffline ? 'You are offline.' : 'Not connected.'} Shown as of{' '}
        <time dateTime={new Date(knownSince).toISOString()} title={exactTime(knownSince)}>
          {time}
        </time>
        .
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        loading={recovery.isTrying}
        onClick={() => void recovery.retry()}
      >
        Try again
      </Button>
    </div>
  );
}
