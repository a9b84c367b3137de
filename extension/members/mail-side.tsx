// One mail in full: how it stands, what the mail server said, and when. Never its content.
import { Anchor, Button } from '@mantine/core';
import { Facts } from '../parts/facts.tsx';
import { SideArea } from '../parts/side-area.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { TimeDue } from '../parts/time-due.tsx';
import { type ListedMail, mailKind, mailStates } from './mail-words.ts';
import { hashOf } from './route.ts';

export function MailSide({
  mail,
  onClose,
  onSendAgain,
}: {
  readonly mail: ListedMail;
  readonly onClose: () => void;
  readonly onSendAgain: ((mail: ListedMail) => void) | undefined;
}) {
  const { tone, word, means } = mailStates[mail.state];
  return (
    <SideArea title={mailKind(mail.kind)} sub={mail.recipient} onClose={onClose}>
      <Facts
        of={[
          [
            'State',
            <StatusMark key="state" tone={tone}>
              {word}
            </StatusMark>,
          ],
          ['Which means', means],
          ...(mail.last_error === null ? [] : [['Mail server said', `“${mail.last_error}”`] as const]),
          ['Tries', mail.attempts.toLocaleString()],
          ['Written', <TimeAgo key="written" at={mail.created_at} />],
          ...(mail.state === 'waiting' && mail.next_at !== null
            ? [['Next try', <TimeDue key="next" at={mail.next_at} />] as const]
            : []),
          ...(mail.ended_at === null ? [] : [['Ended', <TimeAgo key="ended" at={mail.ended_at} />] as const]),
          ...(mail.member_id === null
            ? []
            : [
                [
                  'Person',
                  <Anchor key="person" href={hashOf('people', { member: mail.member_id })}>
                    Show them
                  </Anchor>,
                ] as const,
              ]),
        ]}
      />
      {mail.state === 'dead' && onSendAgain && <Button onClick={() => onSendAgain(mail)}>Send again</Button>}
    </SideArea>
  );
}
