// The end of a list that has more. Knows the pages, not what is on them.
import { Button } from '@mantine/core';
import classes from './load-older.module.css';
import type { Pages } from './pages.ts';

export function LoadOlder({
  pages,
  label = 'Load older',
}: {
  readonly pages: Pages<unknown>;
  readonly label?: string;
}) {
  if (!pages.hasMore) return null;
  return (
    <div className={classes.more}>
      <Button variant="default" loading={pages.isLoadingMore} onClick={pages.loadMore}>
        {label}
      </Button>
    </div>
  );
}
