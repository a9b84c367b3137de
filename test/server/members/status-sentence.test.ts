import { expect, test } from 'vitest';
import type { ToldEvent } from '../../../server/members/event-sentence.ts';
import {
  type Standing,
  type StatusSentence,
  statusSentence,
} from '../../../server/members/status-sentence.ts';

const noor: Standing = {
  name: 'Noor',
  status: 'active',
  blocked: false,
  blockedReason: null,
  waiting: false,
  mailFailure: null,
  connection: null,
};
const okta = { name: 'Our Okta', kind: 'okta' } as const;

type Dated = ToldEvent & { readonly at: number };
const byOkta = { kind: 'connection', name: 'Our Okta' } as const;
const byAda = { kind: 'member', name: 'Ada Holm' } as const;
const of = (
  at: number,
  type: ToldEvent['type'],
  data: unknown = {},
  actor: ToldEvent['actor'] = byAda,
): Dated => ({ at, type, data, actor, oneself: false }) as Dated;
const ended = { sessionsEnded: 2, invitationsEnded: 0 };

const cases: readonly {
  readonly says: string;
  readonly person: Partial<Standing>;
  readonly latest: readonly Dated[];
  readonly answer: StatusSentence;
}[] = [
  {
    says: 'somebody who joined',
    person: {},
    latest: [of(9, 'member.updated', { changed: [] }), of(5, 'member.joined', { by: 'invitation' })],
    answer: { sentence: 'Noor has access.', at: 5, detail: null, mend: null },
  },
  {
    says: 'deactivated by Okta, which is where they come back',
    person: { status: 'deactivated', connection: okta },
    latest: [
      of(8, 'member.updated', { changed: ['title'] }),
      of(7, 'member.deactivated', ended, byOkta),
      of(2, 'member.deactivated', ended),
    ],
    answer: {
      sentence: 'Deactivated by Our Okta.',
      at: 7,
      detail: '2 sessions ended',
      mend: 'To bring Noor back, assign the app to them again in Our Okta.',
    },
  },
  {
    says: 'deactivated by Entra and blocked besides',
    person: {
      status: 'deactivated',
      blocked: true,
      connection: { name: 'Our Entra', kind: 'entra' },
    },
    latest: [],
    answer: {
      sentence: 'Deactivated.',
      at: null,
      detail: null,
      mend: 'To bring Noor back, add them to the users and groups of the enterprise application in Our Entra again. They stay blocked until you unblock them.',
    },
  },
  {
    says: 'deactivated by hand',
    person: { status: 'deactivated' },
    latest: [of(3, 'member.deactivated', { sessionsEnded: 0, invitationsEnded: 0 })],
    answer: {
      sentence: 'Deactivated by Ada Holm.',
      at: 3,
      detail: null,
      mend: 'To bring Noor back, reactivate them.',
    },
  },
  {
    says: 'sent inactive by another provider from the start',
    person: { status: 'deactivated', connection: { name: 'Our Directory', kind: 'other' } },
    latest: [of(3, 'member.added', { status: 'deactivated' }, { ...byOkta, name: 'Our Directory' })],
    answer: {
      sentence: 'Added to the directory by Our Directory.',
      at: 3,
      detail: 'without access',
      mend: 'To bring Noor back, make the account active again in Our Directory.',
    },
  },
  {
    says: 'blocked with a reason',
    person: { status: 'blocked', blocked: true, blockedReason: 'Lost laptop', connection: okta },
    latest: [of(4, 'member.blocked', { ...ended, reason: 'Lost laptop' })],
    answer: {
      sentence: 'Blocked by Ada Holm.',
      at: 4,
      detail: '“Lost laptop”',
      mend: 'To let Noor in again, unblock them.',
    },
  },
  {
    says: 'invited and not joined',
    person: { status: 'invited' },
    latest: [of(6, 'member.invited', { invitationId: 'i', automatic: false })],
    answer: {
      sentence: 'Invited, not joined yet.',
      at: 6,
      detail: null,
      mend: 'Nudge Noor, or send the invitation again.',
    },
  },
  {
    says: 'invited in vain',
    person: { status: 'invited', mailFailure: 'no such mailbox' },
    latest: [of(7, 'member.mail_failed', { mailId: 'm', kind: 'invitation', error: 'no such mailbox' })],
    answer: {
      sentence: 'Invited, but the mail did not arrive.',
      at: 7,
      detail: 'no such mailbox',
      mend: 'Check the address, then send the invitation again.',
    },
  },
  {
    says: 'waiting for a seat',
    person: { status: 'not_invited', waiting: true },
    latest: [of(5, 'member.waiting')],
    answer: {
      sentence: 'Waits for a free seat.',
      at: 5,
      detail: null,
      mend: 'Raise the seat limit or deactivate somebody who left; whoever waits longest takes the seat.',
    },
  },
  {
    says: 'an invitation that ran out',
    person: { status: 'not_invited' },
    latest: [of(5, 'member.invitation_expired', { invitationId: 'i' })],
    answer: { sentence: 'Invitation expired.', at: 5, detail: null, mend: 'Invite Noor.' },
  },
  {
    says: 'never invited',
    person: { status: 'not_invited' },
    latest: [of(1, 'member.added', { status: 'not_invited' }, byOkta)],
    answer: { sentence: 'Not invited yet.', at: null, detail: null, mend: 'Invite Noor.' },
  },
];

test.each(cases)('$says', ({ person, latest, answer }) => {
  expect(statusSentence({ ...noor, ...person }, latest)).toEqual(answer);
});
