// Why what stands here cannot be changed by whoever looks at it.
import { IconLock } from '@tabler/icons-react';
import classes from './read-only-note.module.css';
import { type Right, useRights } from './rights.ts';

/** Nothing, for those who have the right. */
export function ReadOnlyNote({ right }: { readonly right: Right }) {
  const may = useRights();
  if (may(right)) return null;
  return (
    <p className={classes.note}>
      <IconLock size={16} stroke={1.5} aria-hidden="true" />
      You can read this. Your role does not let you {right}; ask an owner of your organisation for it.
    </p>
  );
}
