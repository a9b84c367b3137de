// Signs in a member whose mailbox is proven; whoever was invited joins by it. Knows the lifecycle, no way of proving.
import { type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import { mailboxOf } from '../auth/mailbox-of.ts';
import { type NewDevice, type StartedSession, startSession } from '../auth/start-session.ts';
import { joinMember } from './join-member.ts';
import { lockMember } from './member-store.ts';
import { announceEmergency, wayByMail } from './way-by-mail.ts';

interface SignIn extends Origin {
  readonly orgId: string;
  readonly memberId: string;
  /** The proven one: it has to be theirs still. */
  readonly mailbox: string;
  readonly device: Pick<NewDevice, 'kind' | 'name'>;
}

/** What a proven mailbox is good for: a session, the way through the org's single sign-on, or nothing (any more). */
export type MailboxSignIn = StartedSession | 'sso_required' | undefined;

/**
 * Starts a session for the member. Where the org requires single sign-on, for owners alone: theirs is the way in when the
 * identity provider lets nobody in, so whoever else runs the org is told of it.
 */
export function signInMember(deps: ChangeDeps, signIn: SignIn): Promise<MailboxSignIn> {
  const { orgId, memberId, mailbox, requestId, from, device } = signIn;
  const asked = { orgId, requestId, from, actor: { kind: 'member', id: memberId } } as const;
  return inChange(deps, asked, async (context) => {
    const member = await lockMember(context.trx, orgId, memberId);
    if (member?.email == null || mailboxOf(member.email) !== mailbox) return undefined;
    if (member.status !== 'invited' && member.status !== 'active') return undefined;
    const way = await wayByMail(context, member);
    if (way === 'closed') return 'sso_required';
    if (member.status === 'invited') await joinMember(context, member, 'sign_in');
    const emergency = way === 'emergency';
    if (emergency) await announceEmergency(context, member, device.name);
    return startSession(context, memberId, { ...device, emergency });
  });
}
