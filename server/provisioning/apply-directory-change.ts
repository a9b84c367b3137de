// The one door: every write to members and groups comes in here and leaves as one transaction, with its history and with
// what follows from it for seats and invitations.
import type { MemberRole } from '../../shared/member.ts';
import type { AskedInOrg, ChangeContext, ChangeDeps } from '../audit/change-context.ts';
import { inTransaction } from '../db/transaction.ts';
import {
  addGroup,
  type GroupOutcome,
  groupAttributes,
  groupForChange,
  removeGroup,
  rewriteGroup,
} from '../groups/change-group.ts';
import type { MembershipStep } from '../groups/change-memberships.ts';
import { settleMember } from '../invitations/settle-member.ts';
import type { MemberMove } from '../members/change-member.ts';
import type { NewMember } from '../members/member-store.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { type Edit, type MemberChange, moveMember, type Targeted } from './move-member.ts';

/** Where a change comes from: its tenant, who acts, in which request, and through which connection (null: none). */
export interface ChangeSource extends AskedInOrg {
  readonly connectionId: string | null;
  /** The role of the person who asks: owners are changed by owners only. Left out for connections and the operator. */
  readonly actingRole?: MemberRole;
}

/** Everything that can be asked about a group. Attributes are validated SCIM attributes. */
export type GroupChange =
  | { readonly kind: 'add-group'; readonly attributes: Attributes; readonly memberIds: readonly string[] }
  | ({
      readonly kind: 'edit-group';
      readonly edit: Edit;
      readonly steps: readonly MembershipStep[];
    } & Targeted)
  | ({ readonly kind: 'remove-group' } & Targeted);

/** Everything that can be asked of the directory. */
export type DirectoryChange = MemberChange | GroupChange;

/** What became of a member, and which attribute paths changed. */
export interface MemberOutcome extends Pick<MemberMove, 'outcome' | 'changed'> {
  readonly member: NewMember;
}

/** What each kind of change answers; nothing, where nobody is left to tell about. */
export type DirectoryOutcome<Kind extends DirectoryChange['kind']> = Kind extends
  | 'remove-member'
  | 'remove-group'
  ? undefined
  : Kind extends GroupChange['kind']
    ? GroupOutcome
    : MemberOutcome;

/**
 * Carries out one change: lifecycle, rows, audit and event in one transaction, all or nothing. An edit may run more
 * than once when another writer is in the way.
 * @throws AppError `member.*`, `group.*`, `resource.changed`, `database.busy`; whatever the edit throws
 */
export function applyDirectoryChange<Change extends DirectoryChange>(
  deps: ChangeDeps,
  source: ChangeSource,
  change: Change,
): Promise<DirectoryOutcome<Change['kind']>> {
  return inTransaction(deps.db, async (trx) => {
    const context: ChangeContext = { ...source, trx, secret: deps.secret, now: deps.now() };
    return (await carryOut(context, change, source.actingRole)) as DirectoryOutcome<Change['kind']>;
  });
}

function carryOut(
  context: ChangeContext,
  change: DirectoryChange,
  actingRole: MemberRole | undefined,
): Promise<MemberOutcome | GroupOutcome | undefined> {
  return isGroupChange(change) ? changeGroup(context, change) : changeMember(context, change, actingRole);
}

function isGroupChange(change: DirectoryChange): change is GroupChange {
  return change.kind === 'add-group' || change.kind === 'edit-group' || change.kind === 'remove-group';
}

async function changeMember(
  context: ChangeContext,
  change: MemberChange,
  actingRole: MemberRole | undefined,
): Promise<MemberOutcome | undefined> {
  const { before, after, outcome, changed } = await moveMember(context, change, actingRole);
  const member = outcome === 'unchanged' ? after : await settleMember(context, before, after);
  return member && { member, outcome, changed };
}

async function changeGroup(context: ChangeContext, change: GroupChange): Promise<GroupOutcome | undefined> {
  switch (change.kind) {
    case 'add-group':
      return addGroup(context, change.attributes, change.memberIds);
    case 'edit-group': {
      const group = await groupForChange(context, change.id, change.isExpected);
      return rewriteGroup(context, group, change.edit(groupAttributes(group)), change.steps);
    }
    case 'remove-group':
      await removeGroup(context, await groupForChange(context, change.id, change.isExpected));
      return undefined;
  }
}
