// Signs in a member whose mailbox is proven; whoever was invited joins by it. Knows the lifecycle, no way of proving.
import { type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import { mailboxOf } from '../auth/mailbox-of.ts';
import type { SessionRow } from '../auth/session-store.ts';
import { type StartedSession, startSession } from '../auth/start-session.ts';
import { joinMember } from './join-member.ts';
import { lockMember } from './member-store.ts';

interface SignIn extends Origin {
  readonly orgId: string;
  readonly memberId: string;
  /** The proven one: it has to be theirs still. */
  readonly mailbox: string;
  readonly device: Pick<SessionRow, 'kind' | 'name'>;
}

/** Starts a session for the member, or nothing when they may not sign in (any more). */
export function signInMember(deps: ChangeDeps, signIn: SignIn): Promise<StartedSession | undefined> {
  const { orgId, memberId, mailbox, requestId, from, device } = signIn;
  const asked = { orgId, requestId, from, actor: { kind: 'member', id: memberId } } as const;
  return inChange(deps, asked, async (context) => {
    const member = await lockMember(context.trx, orgId, memberId);
    if (member?.email == null || mailboxOf(member.email) !== mailbox) return undefined;
    if (member.status === 'invited') await joinMember(context, member, 'sign_in');
    else if (member.status !== 'active') return undefined;
    return startSession(context, memberId, device);
  });
}
