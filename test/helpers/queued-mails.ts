// What stands in the outbox, opened: who gets which mail with which data. Knows the seal of the tests' key.
import { unseal } from '../../server/core/seal.ts';
import type { Db } from '../../server/db/database.ts';
import type { Mail } from '../../server/delivery/mail.ts';
import { mailSeal } from '../../server/delivery/outbox.ts';
import { testSecret } from './directory.ts';

/** A mail in the outbox. */
export type QueuedMail = Mail & { readonly to: string; readonly state: string };

/** Reads on from where it stands; each call answers the mails that were queued since the last one. */
export async function followMails(
  db: Db,
  orgId: string,
  secret: Buffer = testSecret,
): Promise<() => Promise<readonly QueuedMail[]>> {
  let after = 0;
  const next = async () => {
    const rows = await db
      .selectFrom('outbox')
      .selectAll()
      .where('org_id', '=', orgId)
      .where('seq', '>', after)
      .orderBy('seq')
      .execute();
    after = rows.at(-1)?.seq ?? after;
    return rows.map(({ kind, sealed, recipient, state }) => {
      const data = JSON.parse(unseal(secret, mailSeal, sealed ?? '') ?? 'null');
      return { kind, data, to: recipient, state } as QueuedMail;
    });
  };
  await next();
  return next;
}
