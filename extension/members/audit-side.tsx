// One entry of the audit log in full: every change, from what to what, and where it was asked from. Reads only.
import { Anchor } from '@mantine/core';
import { exactTime } from '../lib/time-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { SideArea } from '../parts/side-area.tsx';
import classes from './audit-side.module.css';
import { type AuditEntry, actionWords, actorOf, subjectOf, valueWords } from './audit-words.ts';
import { hashOf } from './route.ts';

export function AuditSide({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const { action, subject, changes, from, at, requestId } = entry;
  const changed = Object.entries(changes);
  return (
    <SideArea title={actionWords(action)} sub={exactTime(at)} onClose={onClose}>
      <Facts
        of={[
          ['Who', actorOf(entry)],
          [
            'To',
            subject.kind === 'member' && subject.name !== null ? (
              <Anchor key="to" href={hashOf('people', { member: subject.id })}>
                {subject.name}
              </Anchor>
            ) : (
              subjectOf(entry)
            ),
          ],
          ['Asked from', from ?? 'the server itself'],
        ]}
      />
      {changed.length > 0 && (
        <section aria-label="Changes">
          <h3 className={classes.heading}>From what to what</h3>
          <ul className={classes.changes}>
            {changed.map(([path, [before, after]]) => (
              <li key={path} className={classes.change}>
                <code className={classes.path}>{path}</code>
                <span className={classes.before}>{valueWords(before)}</span>
                <span aria-hidden="true" className={classes.arrow}>
                  →
                </span>
                <span>{valueWords(after)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <CopyButton text={requestId} what="the request’s number" label="Copy request number" />
    </SideArea>
  );
}
