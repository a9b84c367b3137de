// An org's shareable link by which people of its domains join: on, off, another one. Knows the link, nobody who uses it.
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { seal, unseal } from '../core/seal.ts';
import { hashToken, newToken } from '../core/secrets.ts';
import { findOrg, lockOrg, type OrgRow, writeSignUpLink } from './org-store.ts';

const purpose = 'sign-up link';

/**
 * The address that people open, or null while the link is off; `publicUrl` comes without a slash at its end.
 * @throws AppError `org.not_found`
 */
export async function signUpAddress(
  { db, secret, publicUrl }: Pick<ChangeDeps, 'db' | 'secret'> & { readonly publicUrl: () => string },
  orgId: string,
): Promise<string | null> {
  const org = await findOrg(db, orgId);
  if (!org) throw new AppError('org.not_found', { org: orgId });
  return addressOf(org, secret, publicUrl());
}

function addressOf(org: OrgRow, secret: Buffer, publicUrl: string): string | null {
  const token = org.sign_up_sealed === null ? undefined : unseal(secret, purpose, org.sign_up_sealed);
  return token === undefined ? null : `${publicUrl}/sign-up?org-token=${encodeURIComponent(token)}`;
}

/**
 * Turns the link on or off, or puts another one in its place; the one before opens nothing from then on. To turn on
 * what is on, or off what is off, changes nothing.
 * @throws AppError `org.not_found`, `database.busy`
 */
export function changeSignUpLink(
  deps: ChangeDeps,
  asked: AskedInOrg,
  change: 'on' | 'off' | 'rotate',
): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, secret } = context;
    const org = await lockOrg(trx, orgId);
    if (!org) throw new AppError('org.not_found', { org: orgId });
    const wasOn = org.sign_up_hash !== null;
    if (change !== 'rotate' && wasOn === (change === 'on')) return;
    const token = newToken();
    const link = change === 'off' ? null : { hash: hashToken(token), sealed: seal(secret, purpose, token) };
    await writeSignUpLink(trx, orgId, link);
    const now = change === 'rotate' ? 'rotated' : change;
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { signUpLink: [wasOn ? 'on' : 'off', now] },
      { type: 'org.sign_up_link_changed', data: { link: now } },
    );
  });
}
