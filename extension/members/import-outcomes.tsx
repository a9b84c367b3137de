// The last step of an import: what came of it, and each line that was refused with why. Knows the outcome only.
import { Button, ScrollArea } from '@mantine/core';
import type { ImportResult } from '../../shared/member-import.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import classes from './import-dialog.module.css';
import { lineSentence } from './import-words.ts';

const mostShown = 200;

export function ImportOutcomes({
  result: { outcomes, lines },
  onClose,
}: {
  readonly result: ImportResult;
  readonly onClose: () => void;
}) {
  const added = outcomes.filter(({ outcome }) => outcome === 'added').length;
  const updated = outcomes.filter(({ outcome }) => outcome === 'updated').length;
  const left = [
    ...outcomes.flatMap((each) => (each.outcome === 'refused' ? [[each.line, each.sentence] as const] : [])),
    ...lines.flatMap((line) => (line.kind === 'problem' ? [[line.line, lineSentence(line)] as const] : [])),
  ].sort(([a], [b]) => a - b);
  return (
    <div className={classes.step}>
      <p className={classes.totals} role="status">
        <StatusMark tone={added + updated > 0 ? 'ok' : 'attention'}>
          {added.toLocaleString()} added, {updated.toLocaleString()} changed
          {left.length > 0 && `, ${left.length.toLocaleString()} left out`}
        </StatusMark>
      </p>
      {added > 0 && <p>Who was added is not invited yet; you find them under “Not invited”.</p>}
      {left.length > 0 && (
        <ScrollArea.Autosize
          mah={320}
          className={classes.frame ?? ''}
          viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Left out' }}
        >
          <ul className={classes.left}>
            {left.slice(0, mostShown).map(([line, sentence]) => (
              <li key={`${line} ${sentence}`}>
                <span className={classes.quiet}>Line {line}</span> {sentence}
              </li>
            ))}
            {left.length > mostShown && <li>And {(left.length - mostShown).toLocaleString()} more.</li>}
          </ul>
        </ScrollArea.Autosize>
      )}
      <div className={classes.end}>
        <Button onClick={onClose} autoFocus>
          Done
        </Button>
      </div>
    </div>
  );
}
