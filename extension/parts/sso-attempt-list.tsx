// The latest tries to sign in by single sign-on, each in a sentence. Knows how they look; why one failed, the server says.
import { Anchor } from '@mantine/core';
import type { SsoAttempt } from '../../shared/single-sign-on.ts';
import classes from './sso-attempt-list.module.css';
import { StatusMark, type Tone } from './status-mark.tsx';
import { TimeAgo } from './time-ago.tsx';

const outcomes: Readonly<Record<SsoAttempt['outcome'], readonly [tone: Tone, word: string]>> = {
  signed_in: ['ok', 'Signed in'],
  joined: ['ok', 'Joined'],
  refused: ['attention', 'Refused'],
  failed: ['bad', 'Failed'],
};

export function SsoAttemptList({
  attempts,
  placeOf,
}: {
  readonly attempts: readonly SsoAttempt[];
  /** Where somebody is seen, on a page that shows people. */
  readonly placeOf?: (memberId: string) => string;
}) {
  return (
    <ul className={classes.list}>
      {attempts.map(({ at, outcome, sentence, member }, index) => {
        const [tone, word] = outcomes[outcome];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two tries of one moment have nothing else that tells them apart
          <li key={`${at} ${index}`} className={classes.attempt}>
            <p className={classes.head}>
              <StatusMark tone={tone}>{word}</StatusMark>
              <span className={classes.quiet}>
                {member !== null && (
                  <>
                    {placeOf ? <Anchor href={placeOf(member.id)}>{member.name}</Anchor> : member.name}
                    {', '}
                  </>
                )}
                <TimeAgo at={at} />
              </span>
            </p>
            <p>{sentence}</p>
          </li>
        );
      })}
    </ul>
  );
}
