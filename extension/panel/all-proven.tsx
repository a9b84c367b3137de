// The end of a set-up, said quietly, and what goes on without anybody.
import { IconCircleCheck } from '@tabler/icons-react';
import classes from './all-proven.module.css';

export function AllProven() {
  return (
    <section className={classes.card} aria-labelledby="all-proven">
      <IconCircleCheck className={classes.icon} size={20} stroke={1.5} aria-hidden="true" />
      <div>
        <h2 id="all-proven" className={classes.title}>
          Everything is proven.
        </h2>
        <p>
          Rollcall keeps watching: whether requests still come, whether the token is about to end, and whether
          what arrives looks right. The popup tells you as soon as something is off.
        </p>
      </div>
    </section>
  );
}
