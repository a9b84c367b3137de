// The end of a set-up, said quietly: what requests have proven and what somebody vouches for, and what goes on without
// anybody.
import { IconCircleCheck } from '@tabler/icons-react';
import type { ChecklistStep } from '../../shared/setup-checklist.ts';
import classes from './all-proven.module.css';

export function AllProven({ steps }: { readonly steps: readonly ChecklistStep[] }) {
  const proven = steps.filter(({ proof }) => proof !== null).length;
  const ticked = steps.length - proven;
  return (
    <section className={classes.card} aria-labelledby="all-proven">
      <IconCircleCheck className={classes.icon} size={20} stroke={1.5} aria-hidden="true" />
      <div>
        <h2 id="all-proven" className={classes.title}>
          Everything is in place.
        </h2>
        <p>
          What arrived proves {proven} {proven === 1 ? 'step' : 'steps'}
          {ticked > 0 && `, and ${ticked} ${ticked === 1 ? 'is' : 'are'} ticked by hand`}. Rollcall keeps
          watching: whether requests still come, whether the token is about to end, and whether what arrives
          looks right. The popup tells you as soon as something is off.
        </p>
      </div>
    </section>
  );
}
