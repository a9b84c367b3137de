// Shows an admin the reminder that somebody would get, as it would be sent. Sends and changes nothing.
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { type RenderedMail, renderMail } from '../delivery/render-mail.ts';
import { senderName } from '../delivery/sender-name.ts';
import { memberAttributes } from '../members/change-member.ts';
import { memberName } from '../members/member-identity.ts';
import { findMember } from '../members/member-store.ts';
import { findOrg } from '../orgs/org-store.ts';
import { nudgeLetter } from './nudge-letter.ts';
import { findPendingOf } from './pending-store.ts';

/** Stands where the mail's own tokens will: they are made when it is sent, and are for its reader alone. */
const notYet = 'made-when-the-mail-is-sent';

/**
 * The mail that this member would get from this admin with this message.
 * @throws AppError `org.not_found`, `member.not_found`, `member.wrong_status`, `member.no_address`
 */
export async function previewNudge(
  { db, publicUrl }: { readonly db: Db; readonly publicUrl: () => string },
  { orgId, actor }: { readonly orgId: string; readonly actor: { readonly id: string } },
  { memberId, message }: { readonly memberId: string; readonly message: string | null },
): Promise<RenderedMail> {
  const org = await findOrg(db, orgId);
  if (!org) throw new AppError('org.not_found', { org: orgId });
  const member = await findMember(db, orgId, memberId);
  if (!member) throw new AppError('member.not_found', { id: memberId });
  const name = memberName(memberAttributes(member));
  const [row] = await findPendingOf(db, orgId, [memberId]);
  if (!row) throw new AppError('member.wrong_status', { name, refusal: 'not_invited' });
  if (row.email === null) throw new AppError('member.no_address', { name });
  const admin = await findMember(db, orgId, actor.id);
  const inviterName = admin ? memberName(memberAttributes(admin)) : null;
  const tokens = { token: notYet, unsubscribeToken: notYet };
  const letter = nudgeLetter(row, row.email, { orgName: org.name, inviterName, message, ...tokens });
  return renderMail(letter, { publicUrl: publicUrl(), senderName: senderName(org) });
}
