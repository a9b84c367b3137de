// Makes an org and its first owner, or finds that they are there. Knows no terminal and no page.

import type { Asked, ChangeContext, ChangeDeps } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import { newId } from '../core/secrets.ts';
import { inTransaction } from '../db/transaction.ts';
import { findOrgBySlug, insertOrg } from '../orgs/org-store.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { addMember } from './add-member.ts';
import { changeRole } from './change-role.ts';
import { lockMembersLike } from './member-store.ts';

/** What an org is known by. */
export interface OrgIdentity {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/**
 * Makes the org of this name with this owner, who may act from the start. Doing it again finds both; another owner's
 * address is an owner beside the first.
 * @throws AppError `org.slug_taken` when an org of another name has the short name that this one would get
 */
export async function setUpOrg(
  deps: ChangeDeps,
  request: Asked & { readonly name: string; readonly ownerEmail: string },
): Promise<OrgIdentity & { readonly ownerId: string }> {
  const slug = slugOf(request.name);
  return inTransaction(deps.db, async (trx) => {
    const now = deps.now();
    const { actor, requestId, from } = request;
    const found = await findOrgBySlug(trx, slug);
    if (found && foldCase(found.name) !== foldCase(request.name))
      throw new AppError('org.slug_taken', { slug });
    const org = found ?? { id: newId(), slug, name: request.name, created_at: now };
    const context: ChangeContext = {
      trx,
      orgId: org.id,
      actor,
      connectionId: null,
      requestId,
      from,
      secret: deps.secret,
      now,
    };
    if (!found) {
      await insertOrg(trx, org);
      await recordChange(
        context,
        { kind: 'org', id: org.id },
        { name: [null, org.name] },
        { type: 'org.created', data: { name: org.name } },
      );
    }
    const ownerId = await ensureOwner(context, request.ownerEmail);
    return { id: org.id, slug: org.slug, name: org.name, ownerId };
  });
}

/** The person of this address is an owner: added as one, or made one. */
async function ensureOwner(context: ChangeContext, email: string): Promise<string> {
  const address = foldCase(email);
  const identity = { userNameNorm: address, emailNorm: address, externalId: null, connectionId: '' };
  const [known] = await lockMembersLike(context.trx, context.orgId, identity);
  if (known) {
    await changeRole(context, known, 'owner', 'hand');
    return known.id;
  }
  const attributes = {
    userName: email,
    active: true,
    emails: [{ value: email, type: 'work', primary: true }],
  };
  const standing = { role: 'owner', invitedAt: null, joinedAt: context.now } as const;
  return (await addMember(context, attributes, standing)).id;
}

/** "Larkspur Foundry & Söhne" → "larkspur-foundry-sohne": what commands and addresses call the org. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-/, '')
    .slice(0, 48)
    .replace(/-$/, '');
  return slug === '' ? 'org' : slug;
}
