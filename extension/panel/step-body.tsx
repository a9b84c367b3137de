// What an open step says: what is wrong, what to do and where, what it shows, and what it waits for. Knows the order of
// these; each part draws itself.
import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import type { Checklist, ChecklistStep } from '../../shared/setup-checklist.ts';
import { openMembers } from '../lib/open-page.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { AttributeTable } from './attribute-table.tsx';
import { vendors } from './checklist-words.ts';
import { ConsolePathLine } from './console-path-line.tsx';
import { Credentials } from './credentials.tsx';
import { FindingNote } from './finding-note.tsx';
import type { FreshTokens } from './issued-tokens.ts';
import type { Connection } from './panel-connection.ts';
import { SignInAddresses } from './sign-in-addresses.tsx';
import classes from './step-body.module.css';
import type { Tick } from './step-list.tsx';
import { TestPerson } from './test-person-view.tsx';
import { ToldSentence } from './told-sentence.tsx';

export function StepBody({
  step,
  checklist,
  connection,
  tokens,
  onTick,
}: {
  readonly step: ChecklistStep;
  readonly checklist: Checklist;
  readonly connection: Connection;
  readonly tokens: FreshTokens;
  readonly onTick?: Tick;
}) {
  const { findings, note, shows } = step;
  const where = findings[0]?.remedy ?? step.where;
  return (
    <>
      {findings.map((finding) => (
        <FindingNote key={finding.id} finding={finding} />
      ))}
      {note !== null && (
        <p>
          <ToldSentence>{note}</ToldSentence>
        </p>
      )}
      {shows === 'credentials' && (
        <Credentials {...{ connection, tokens }} canChange={onTick !== undefined} />
      )}
      {where !== null && where.labels.length > 0 && <ConsolePathLine where={where} />}
      {shows === 'test_person' && <TestPerson connection={connection} />}
      {shows === 'single_sign_on' && <SignInAddresses addresses={checklist.signIn} />}
      {shows === 'attributes' && <AttributeTable kind={checklist.kind} shares={checklist.attributes} />}
      {where?.href != null && (
        <div>
          <Button
            component="a"
            href={where.href}
            target="_blank"
            rel="noreferrer"
            variant={step.state === 'done' ? 'default' : 'filled'}
            rightSection={<IconExternalLink size={14} aria-hidden="true" />}
          >
            Open in {where.console}
          </Button>
        </div>
      )}
      <StepFooter {...{ step, checklist }} {...(onTick && { onTick })} />
    </>
  );
}

/** What proves the step, or what it waits for, and the tick by hand where nothing has proven it. */
function StepFooter({
  step,
  checklist,
  onTick,
}: {
  readonly step: ChecklistStep;
  readonly checklist: Checklist;
  readonly onTick?: Tick;
}) {
  const { state, proof, ticked } = step;
  if (proof !== null && state === 'done')
    return (
      <div className={classes.row}>
        <p className={classes.quiet}>
          <ToldSentence>{proof.sentence}</ToldSentence>{' '}
          <span className={classes.time}>
            <TimeAgo at={proof.at} />
          </span>
        </p>
        {proof.recordSeq !== null && (
          <Button
            className={classes.aligned ?? ''}
            variant="subtle"
            size="compact-sm"
            onClick={() =>
              void openMembers(`provisioning?connection=${checklist.connectionId}&record=${proof.recordSeq}`)
            }
          >
            Show the request
          </Button>
        )}
      </div>
    );
  if (ticked !== null && state === 'done')
    return (
      <div className={classes.row}>
        <p className={classes.quiet}>
          Ticked by {ticked.by}, <TimeAgo at={ticked.at} />
        </p>
        {onTick && (
          <Button
            className={classes.aligned ?? ''}
            variant="subtle"
            size="compact-sm"
            onClick={() => onTick(step, false)}
          >
            Take the tick away
          </Button>
        )}
      </div>
    );
  // Its tick stands beside its title.
  if (state === 'unprovable') return null;
  const byHand = state !== 'problem' && onTick && (
    <Button
      className={classes.aligned ?? ''}
      variant="subtle"
      size="compact-sm"
      onClick={() => onTick(step, true)}
    >
      Tick by hand
    </Button>
  );
  return (
    <div className={classes.row}>
      <StatusMark tone="waiting">
        <span className={classes.waiting}>
          Ticks itself with the next request from {vendors[checklist.kind].name}
        </span>
      </StatusMark>
      {byHand}
    </div>
  );
}
