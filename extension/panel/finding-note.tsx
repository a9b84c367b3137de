// A finding at its step: what is wrong with the value seen, what comes of it, who is affected, and putting it aside.
import { Button } from '@mantine/core';
import { useId, useRef, useState } from 'react';
import type { Finding } from '../../shared/finding.ts';
import { openMembers } from '../lib/open-page.ts';
import { MemberAvatar } from '../parts/member-avatar.tsx';
import { PutAsideActions } from '../parts/put-aside-actions.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './finding-note.module.css';
import { ToldSentence } from './told-sentence.tsx';

export function FindingNote({ finding }: { readonly finding: Finding }) {
  const { sentence, detail, people, severity, firstSeenAt, connectionId } = finding;
  const [isShown, setShown] = useState(false);
  const listId = useId();
  const rest = people.total - people.first.length;
  const step = useRef<Element | null>(null);
  return (
    <div
      ref={(note) => {
        step.current = note?.closest('li') ?? step.current;
      }}
      className={classes.note}
      data-severity={severity}
    >
      <p>
        <ToldSentence>{sentence}</ToldSentence>
      </p>
      {detail !== null && (
        <p className={classes.quiet}>
          <ToldSentence>{detail}</ToldSentence>
        </p>
      )}
      <p className={classes.quiet}>
        {people.total > 0 &&
          `${people.total.toLocaleString()} ${people.total === 1 ? 'person' : 'people'} · `}
        First seen <TimeAgo at={firstSeenAt} />
      </p>
      {people.total > 0 && (
        <Button
          className={classes.who ?? ''}
          variant="subtle"
          size="compact-sm"
          aria-expanded={isShown}
          aria-controls={listId}
          onClick={() => setShown(!isShown)}
        >
          Who is affected?
        </Button>
      )}
      <ul id={listId} className={classes.people} hidden={!isShown}>
        {people.first.map(({ id, name }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.person}
              onClick={() => void openMembers(`people?member=${id}`)}
            >
              <MemberAvatar id={id} name={name} size={20} />
              <span className={classes.name}>{name}</span>
            </button>
          </li>
        ))}
        {rest > 0 && (
          <li>
            <Button
              className={classes.who ?? ''}
              variant="subtle"
              size="compact-sm"
              onClick={() => void openMembers(`people?connectionId=${connectionId ?? ''}`)}
            >
              and {rest.toLocaleString()} more
            </Button>
          </li>
        )}
      </ul>
      <div className={classes.aside}>
        <PutAsideActions
          finding={finding}
          onGone={() => step.current?.querySelector<HTMLElement>('button[aria-expanded]')?.focus()}
        />
      </div>
    </div>
  );
}
