// The lines of an import with what each comes to: problems first, more on demand. Knows the order, not the totals.
import { Button, ScrollArea } from '@mantine/core';
import { useState } from 'react';
import type { ImportLine } from '../../shared/member-import.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import classes from './import-dialog.module.css';
import { type ImportKind, importKinds, importKindWords, lineSentence } from './import-words.ts';

const step = 100;

export function ImportLines({
  lines,
  kind,
}: {
  readonly lines: readonly ImportLine[];
  readonly kind: ImportKind | null;
}) {
  const [most, setMost] = useState(step);
  const inOrder = lines
    .filter((line) => kind === null || line.kind === kind)
    .toSorted((a, b) => importKinds.indexOf(a.kind) - importKinds.indexOf(b.kind) || a.line - b.line);
  return (
    <ScrollArea.Autosize
      mah={320}
      className={classes.frame ?? ''}
      viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': 'Lines of the table' }}
    >
      <table className={classes.lines}>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">Person</th>
            <th scope="col">Comes to</th>
            <th scope="col">What happens</th>
          </tr>
        </thead>
        <tbody>
          {inOrder.slice(0, most).map((line) => {
            const [tone, word] = importKindWords[line.kind];
            return (
              <tr key={`${line.line} ${line.kind === 'problem' ? line.column : ''}`}>
                <td>{line.line}</td>
                <td>{line.kind === 'problem' ? '–' : line.name || line.email}</td>
                <td>
                  <StatusMark tone={tone}>{word}</StatusMark>
                </td>
                <td>{lineSentence(line)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {inOrder.length > most && (
        <Button variant="subtle" size="compact-sm" m={8} onClick={() => setMost(most + step)}>
          Show {Math.min(step, inOrder.length - most)} more of {inOrder.length.toLocaleString()}
        </Button>
      )}
    </ScrollArea.Autosize>
  );
}
