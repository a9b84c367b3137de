// Invites whoever stands in a pasted text, and answers for each piece of it, in its order. Knows no storage.
import type { InviteAnswer, InvitedAddress, InviteRequest } from '../../shared/invitation.ts';
import type { MemberRole } from '../../shared/member.ts';
import { parseAddresses } from '../../shared/parse-addresses.ts';
import type { AskedInOrg, ChangeDeps } from '../audit/change-context.ts';
import { inviteAddresses } from './invite-members.ts';

/**
 * Invites everybody in the text: what is malformed is told with what and where, and costs nobody else the invitation.
 * `mayGive` are the roles that whoever asks may give.
 * @throws AppError `invitation.too_many`, `org.not_found`, `database.busy`
 */
export async function inviteFromText(
  deps: ChangeDeps,
  asked: AskedInOrg,
  { text, role: otherwise }: InviteRequest,
  mayGive: readonly MemberRole[],
): Promise<InviteAnswer> {
  const { entries, malformed, repeated } = parseAddresses(text);
  const invitees = entries.map(({ role = otherwise, ...entry }) => ({ ...entry, role }));
  const outcomes = await inviteAddresses(deps, asked, invitees, mayGive);
  const people: InvitedAddress[] = malformed.map((piece) => ({ ...piece, outcome: 'malformed' }));
  for (const [index, outcome] of outcomes.entries()) {
    const entry = entries[index];
    if (entry) people.push({ line: entry.line, column: entry.column, address: entry.address, ...outcome });
  }
  return { people: people.sort((a, b) => a.line - b.line || a.column - b.column), repeated };
}
