// A reminder as a mail, the same for sending and for previewing. Knows what it says, not whether it may be sent.
import type { MailData } from '../delivery/mail.ts';
import { memberAttributes } from '../members/change-member.ts';
import type { PendingRow } from './pending-store.ts';
import { personName } from './person-name.ts';

type NudgeMail = { readonly kind: 'nudge'; readonly data: MailData['nudge'] };

/** The mail that reminds somebody of their pending invitation. */
export function nudgeLetter(
  row: Pick<PendingRow, 'attributes' | 'active' | 'expires_at'>,
  address: string,
  rest: Omit<MailData['nudge'], 'recipientName' | 'expiresAt'>,
): NudgeMail {
  const recipientName = personName(memberAttributes(row), address);
  return { kind: 'nudge', data: { ...rest, recipientName, expiresAt: row.expires_at } };
}
