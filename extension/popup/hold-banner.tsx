// What a connection took away too quickly and what waits for an admin's word. Shown on every tab until it is decided.
import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { openMembers } from '../lib/open-page.ts';
import classes from './hold-banner.module.css';
import { holdSentence } from './hold-sentence.ts';

export function HoldBanner() {
  const trpc = useTRPC();
  const { data = [] } = useQuery(trpc.holds.list.queryOptions({ openOnly: true }));
  if (data.length === 0) return null;
  return (
    <section className={classes.banner} aria-label="Held removals">
      <IconHandStop size={16} stroke={1.5} aria-hidden="true" className={classes.icon} />
      <p className={classes.words}>{holdSentence(data)}</p>
      <Button variant="default" size="compact-md" onClick={() => void openMembers('holds')}>
        Look at them
      </Button>
    </section>
  );
}
