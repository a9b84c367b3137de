// Those who could not be brought back, each with why. Knows the outcome, not how it came to be.
import { Button } from '@mantine/core';
import classes from './hold-card.module.css';
import type { NotRestored } from './hold-words.ts';

export function HoldRefusals({
  refused,
  onClose,
}: {
  readonly refused: NotRestored;
  readonly onClose: () => void;
}) {
  return (
    <section aria-label="Not restored" role="status">
      <p>{refused.length.toLocaleString()} could not be brought back; everybody else is back as before.</p>
      <ul className={classes.refused}>
        {refused.map(({ subject, sentence }) => (
          <li key={subject.id}>{sentence}</li>
        ))}
      </ul>
      <Button variant="default" mt={8} onClick={onClose}>
        Done
      </Button>
    </section>
  );
}
