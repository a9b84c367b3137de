// Signing in by mail: who asks gets the same answer whether the address is known or not. Knows addresses, no page.
import type { ChangeDeps } from '../audit/change-context.ts';
import { hashToken, newId, newSecret, newToken } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { mailboxOf } from './mailbox-of.ts';
import { type Proof, startMailboxProof } from './mailbox-proof.ts';
import { addSignIn } from './sign-in-store.ts';
import { findWaysIn, type WayIn } from './way-in-store.ts';

/**
 * Sends link and code to whoever may sign in under this address, and does as much for an address that nobody has.
 * Gives what the browser keeps as a cookie.
 * @throws AppError `sign_in.too_many`
 */
export function startEmailSignIn(
  { db, now, secret }: ChangeDeps,
  { address, continueTo }: { readonly address: string; readonly continueTo: string },
): Promise<string> {
  return inTransaction(db, async (trx) => {
    const ways = await findWaysIn(trx, foldCase(address));
    const known = ways.find(({ email }) => mailboxOf(email) === mailboxOf(address)) ?? ways[0];
    return startMailboxProof(
      { trx, now: now(), secret },
      {
        purpose: 'sign_in',
        orgId: null,
        address,
        name: null,
        continueTo,
        // The directory's spelling, not the one typed: two that fold alike may be two mailboxes.
        recipient: known?.email ?? null,
        mail: (data) => ({ kind: 'sign-in', data }),
      },
    );
  });
}

/**
 * The members that a proof lets in; of an owner's link, the one it was made for. Nobody whose address only folds to the
 * same: another org may have entered it to get their mail.
 */
export async function waysIn(
  db: Db,
  { email_norm, mailbox, org_id: orgId }: Pick<Proof, 'email_norm' | 'mailbox' | 'org_id'>,
): Promise<readonly WayIn[]> {
  const all = await findWaysIn(db, email_norm);
  return all.filter(
    ({ email, org_id }) => mailboxOf(email) === mailbox && (orgId === null || org_id === orgId),
  );
}

/** How long an owner's link is good, in milliseconds. */
const ownerLinkMs = 60 * 60_000;

/** A link that signs an owner in once, for whoever runs the server; gives its token. */
export async function makeOwnerLink(
  { db, now }: ChangeDeps,
  { orgId, email }: { readonly orgId: string; readonly email: string },
): Promise<string> {
  const token = newToken();
  const at = now();
  await inTransaction(db, async (trx) => {
    const emailNorm = foldCase(email);
    const owner = (await findWaysIn(trx, emailNorm)).find(({ org_id }) => org_id === orgId);
    await addSignIn(trx, {
      id: newId(),
      purpose: 'owner_link',
      org_id: orgId,
      email_norm: emailNorm,
      mailbox: mailboxOf(owner?.email ?? email),
      name: null,
      // No browser asked for it, so no browser's code is good with it.
      browser_hash: hashToken(newSecret()),
      link_hash: hashToken(token),
      code_hash: null,
      continue_to: '/',
      created_at: at,
      expires_at: at + ownerLinkMs,
    });
  });
  return token;
}
