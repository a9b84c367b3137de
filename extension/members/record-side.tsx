// One request in full: outcome, detail, what was put up with, what changed. It holds no value and no secret to show.
import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { exactTime } from '../lib/time-words.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { Facts } from '../parts/facts.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { SideArea } from '../parts/side-area.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import classes from './record-table.module.css';
import {
  clientName,
  durationOf,
  momentOf,
  outcomeOf,
  pathOf,
  quirkSentence,
  type RequestRecord,
  toneOf,
} from './record-words.ts';
import { hashOf } from './route.ts';

export function RecordSide({ seq, onClose }: { readonly seq: number; readonly onClose: () => void }) {
  const trpc = useTRPC();
  const now = useNow();
  const record = useQuery(trpc.records.get.queryOptions({ seq }));
  const found = record.data;
  return (
    <SideArea
      title={found ? `${found.method} ${pathOf(found.path)}` : 'Request'}
      {...(found && { sub: momentOf(found.at, now) })}
      onClose={onClose}
    >
      <QueryState query={record}>
        {(shown) =>
          shown === null ? (
            <p>This request is no longer kept. The settings say for how long requests are.</p>
          ) : (
            <RecordBody record={shown} />
          )
        }
      </QueryState>
    </SideArea>
  );
}

function RecordBody({ record }: { readonly record: RequestRecord }) {
  const { query, status, scimType, detail, client, quirks, changed, requestId, at } = record;
  return (
    <>
      <p className={classes.heading}>
        <StatusMark tone={toneOf(record)} pill>
          {outcomeOf(record)}
        </StatusMark>
      </p>
      {detail !== null && <p className={classes.detail}>{detail}</p>}
      <Facts
        of={[
          ['Status', scimType === null ? String(status) : `${status}, ${scimType}`],
          ...(query === '' ? [] : [['Query', query] as const]),
          ['About', <RecordSubject key="about" record={record} />],
          ['Client', clientName(client)],
          ['Arrived', exactTime(at)],
          ['Took', durationOf(record)],
        ]}
      />
      {changed.length > 0 && (
        <section aria-label="What changed">
          <h3 className={classes.heading}>What changed</h3>
          <ul className={classes.list}>
            {changed.map((attribute) => (
              <li key={attribute}>
                <code className={classes.code}>{attribute}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {quirks.length > 0 && (
        <section aria-label="What Rollcall put up with">
          <h3 className={classes.heading}>What Rollcall put up with</h3>
          <ul className={classes.list}>
            {quirks.map((quirk) => (
              <li key={quirk}>{quirkSentence(quirk)}</li>
            ))}
          </ul>
        </section>
      )}
      <CopyButton text={requestId} what="the request’s number" label="Copy request number" />
    </>
  );
}

function RecordSubject({ record: { subjectKind, subjectId } }: { readonly record: RequestRecord }) {
  const trpc = useTRPC();
  const isPerson = subjectKind === 'User';
  const person = useQuery(
    trpc.members.get.queryOptions({ memberId: subjectId ?? '' }, { enabled: isPerson, retry: false }),
  );
  if (subjectId === null) return 'Nobody in particular';
  if (!isPerson) return <Anchor href={hashOf('groups', { group: subjectId })}>A group</Anchor>;
  if (person.error) return 'Somebody who is removed';
  return <Anchor href={hashOf('people', { member: subjectId })}>{person.data?.name ?? '…'}</Anchor>;
}
