// A member's status as a shape with its word. Knows the words for statuses and roles.
import type { MemberRole, MemberStatus } from '../../shared/member.ts';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';

export const statusWords: Readonly<Record<MemberStatus, { readonly word: string; readonly tone: Tone }>> = {
  active: { word: 'Active', tone: 'ok' },
  invited: { word: 'Invited', tone: 'waiting' },
  not_invited: { word: 'Not invited', tone: 'quiet' },
  blocked: { word: 'Blocked', tone: 'attention' },
  deactivated: { word: 'Deactivated', tone: 'paused' },
};

export const roleWords: Readonly<Record<MemberRole, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  member: 'Member',
};

export function MemberStatusMark({
  status,
  waiting = false,
}: {
  readonly status: MemberStatus;
  /** Whether they wait for a free seat. */
  readonly waiting?: boolean;
}) {
  const { word, tone } = waiting
    ? ({ word: 'Waits for a seat', tone: 'waiting' } as const)
    : statusWords[status];
  return (
    <StatusMark tone={tone} pill>
      {word}
    </StatusMark>
  );
}
