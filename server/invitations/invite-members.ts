// Invites people, whether the directory knows them or not, one or thousands: an outcome for each. Knows no text that
// addresses come out of and no page.
import type { Invited } from '../../shared/invitation.ts';
import { mostInvited } from '../../shared/invitation-terms.ts';
import type { MemberRole } from '../../shared/member.ts';
import { type AskedInOrg, type ChangeContext, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { addMember } from '../members/add-member.ts';
import { advanceMember } from '../members/advance-member.ts';
import { lockMember, lockMembersLike, type NewMember } from '../members/member-store.ts';
import { freeSeats, waitForSeat } from '../members/seats.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { mayBeInvitedAt } from './invitable-address.ts';
import { isAddressee, issueInvitation } from './issue-invitation.ts';

/** Somebody to invite by address. */
export interface Invitee {
  readonly address: string;
  readonly name?: string;
  /** For somebody whom the directory does not know yet; whoever is in it keeps their role. */
  readonly role: MemberRole;
}

/** So many people a transaction, that nobody else waits for it for long. */
const slice = 50;

/**
 * Invites everybody, with an outcome for each in the same order. `mayGive` are the roles that whoever asks may give.
 * @throws AppError `invitation.too_many`, `org.not_found`, `database.busy`
 */
export async function inviteAddresses(
  deps: ChangeDeps,
  asked: AskedInOrg,
  invitees: readonly Invitee[],
  mayGive: readonly MemberRole[],
): Promise<readonly Invited[]> {
  if (invitees.length > mostInvited)
    throw new AppError('invitation.too_many', { count: invitees.length, most: mostInvited });
  return inviteInSlices(deps, asked, invitees, (context, seats, invitee) =>
    inviteAddress(context, seats, invitee, mayGive),
  );
}

/**
 * Invites members whom the directory has already, with an outcome for each in the same order.
 * @throws AppError `org.not_found`, `database.busy`
 */
export function inviteKnownMembers(
  deps: ChangeDeps,
  asked: AskedInOrg,
  memberIds: readonly string[],
): Promise<readonly Invited[]> {
  return inviteInSlices(deps, asked, memberIds, async (context, seats, id) => {
    const member = await lockMember(context.trx, context.orgId, id);
    return member ? inviteKnown(context, seats, member) : { outcome: 'not_found' };
  });
}

/** The free seats as they dwindle within one transaction; counted no sooner than somebody needs one. */
interface Seats {
  free?: number;
}

type Invite<Item> = (context: ChangeContext, seats: Seats, item: Item) => Promise<Invited>;

async function inviteInSlices<Item>(
  deps: ChangeDeps,
  asked: AskedInOrg,
  items: readonly Item[],
  invite: Invite<Item>,
): Promise<readonly Invited[]> {
  const outcomes: Invited[] = [];
  for (let at = 0; at < items.length; at += slice)
    outcomes.push(...(await inviteSlice(deps, asked, items.slice(at, at + slice), invite)));
  return outcomes;
}

function inviteSlice<Item>(
  deps: ChangeDeps,
  asked: AskedInOrg,
  items: readonly Item[],
  invite: Invite<Item>,
): Promise<readonly Invited[]> {
  return inChange(deps, asked, async (context) => {
    const outcomes: Invited[] = [];
    const seats: Seats = {};
    for (const item of items) outcomes.push(await invite(context, seats, item));
    return outcomes;
  });
}

async function inviteAddress(
  context: ChangeContext,
  seats: Seats,
  invitee: Invitee,
  mayGive: readonly MemberRole[],
): Promise<Invited> {
  const { address, name, role } = invitee;
  const norm = foldCase(address);
  const like = { userNameNorm: norm, emailNorm: norm, externalId: null, connectionId: '' };
  const people = await lockMembersLike(context.trx, context.orgId, like);
  const known = people.find((member) => member.email_norm === norm) ?? people[0];
  if (known) return inviteKnown(context, seats, known);
  if (!mayGive.includes(role)) return { outcome: 'not_allowed' };
  if (!(await mayBeInvitedAt(context, address))) return { outcome: 'outside_domains' };
  const attributes = {
    userName: address,
    ...(name !== undefined && { displayName: name }),
    active: true,
    emails: [{ value: address, type: 'work', primary: true }],
  };
  const member = await addMember(context, attributes, { role, invitedAt: null, joinedAt: null });
  return seatAndInvite(context, seats, member);
}

async function inviteKnown(context: ChangeContext, seats: Seats, member: NewMember): Promise<Invited> {
  const memberId = member.id;
  if (member.status !== 'not_invited') return { outcome: statusOutcomes[member.status], memberId };
  if (member.waiting_since !== null) return { outcome: 'waits_for_seat', memberId };
  if (member.email === null) return { outcome: 'no_address', memberId };
  if (!(await mayBeInvitedAt(context, member.email))) return { outcome: 'outside_domains', memberId };
  return seatAndInvite(context, seats, member);
}

const statusOutcomes = {
  active: 'already_active',
  invited: 'already_invited',
  blocked: 'blocked',
  deactivated: 'deactivated',
} as const;

async function seatAndInvite(context: ChangeContext, seats: Seats, member: NewMember): Promise<Invited> {
  const memberId = member.id;
  seats.free ??= await freeSeats(context);
  if (seats.free < 1) {
    await waitForSeat(context, member);
    return { outcome: 'waits_for_seat', memberId };
  }
  seats.free -= 1;
  const invited = await advanceMember(context, member, 'invite');
  if (isAddressee(invited))
    await issueInvitation(context, invited, { automatic: false, from: member.status });
  return { outcome: 'invited', memberId };
}
