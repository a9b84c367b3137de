// Makes an org and its first owner, or finds that they are there. Knows no terminal and no page.
import { appendAudit } from '../audit/audit-log.ts';
import { AppError } from '../core/app-error.ts';
import { newId } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { type Actor, appendEvent } from '../events/event-log.ts';
import { findOrgBySlug, insertOrg, type OrgRow } from '../orgs/org-store.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { addMember } from './add-member.ts';
import type { ChangeContext } from './change-context.ts';
import { changeRole } from './change-role.ts';
import { lockMembersLike } from './member-store.ts';

/**
 * Makes the org of this name with this owner, who may act from the start. Doing it again finds both; another owner's
 * address is an owner beside the first.
 * @throws AppError `org.slug_taken` when an org of another name has the short name that this one would get
 */
export async function setUpOrg(
  deps: { readonly db: Db; readonly now: () => number },
  request: {
    readonly name: string;
    readonly ownerEmail: string;
    readonly actor: Actor;
    readonly requestId: string;
  },
): Promise<OrgRow> {
  const slug = slugOf(request.name);
  return inTransaction(deps.db, async (trx) => {
    const now = deps.now();
    const { actor, requestId } = request;
    const found = await findOrgBySlug(trx, slug);
    if (found && foldCase(found.name) !== foldCase(request.name))
      throw new AppError('org.slug_taken', { slug });
    const org = found ?? { id: newId(), slug, name: request.name, created_at: now };
    if (!found) {
      await insertOrg(trx, org);
      const subject = { kind: 'org', id: org.id } as const;
      await appendEvent(trx, org.id, {
        type: 'org.created',
        at: now,
        actor,
        subject,
        data: { name: org.name },
      });
      const changes = { name: [null, org.name] } as const;
      await appendAudit(trx, org.id, { at: now, actor, action: 'org.created', subject, changes, requestId });
    }
    const context: ChangeContext = { trx, orgId: org.id, actor, connectionId: null, requestId, now };
    await ensureOwner(context, request.ownerEmail);
    return org;
  });
}

/** The person of this address is an owner: added as one, or made one. */
async function ensureOwner(context: ChangeContext, email: string): Promise<void> {
  const address = foldCase(email);
  const identity = { userNameNorm: address, emailNorm: address, externalId: null, connectionId: '' };
  const [known] = await lockMembersLike(context.trx, context.orgId, identity);
  if (known) {
    await changeRole(context, known, 'owner');
    return;
  }
  const attributes = {
    userName: email,
    active: true,
    emails: [{ value: email, type: 'work', primary: true }],
  };
  await addMember(context, attributes, { role: 'owner', invitedAt: null, joinedAt: context.now });
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
