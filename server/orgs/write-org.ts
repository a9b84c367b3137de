// Changes what an org decides about itself, one audit line for each setting. Knows the settings' names, not what follows.
import { isDeepStrictEqual } from 'node:util';
import type { OrgChange, OrgSettings } from '../../shared/org-settings.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { findOrg, lockOrg, type OrgRow, updateOrg } from './org-store.ts';
import { settingsOf } from './settings-of.ts';

/** An org as it stands, for the form that changes it. */
export interface OrgState {
  readonly name: string;
  readonly settings: OrgSettings;
  readonly version: number;
}

/** @throws AppError `org.not_found` */
export async function orgState(db: Db, orgId: string): Promise<OrgState> {
  const org = await findOrg(db, orgId);
  if (!org) throw new AppError('org.not_found', { org: orgId });
  return stateOf(org);
}

function stateOf(org: OrgRow): OrgState {
  return { name: org.name, settings: settingsOf(org), version: org.settings_version };
}

/**
 * Gives the org another name or other settings; what is there already changes nothing.
 * @throws AppError `org.not_found`, `resource.changed` when the version is not the one that the change is based on
 */
export async function writeOrg(
  context: ChangeContext,
  { name, version, ...settings }: OrgChange,
): Promise<{ readonly before: OrgState; readonly after: OrgState }> {
  const org = await lockOrg(context.trx, context.orgId);
  if (!org) throw new AppError('org.not_found', { org: context.orgId });
  if (version !== undefined && version !== org.settings_version)
    throw new AppError('resource.changed', { id: org.name });
  const before = stateOf(org);
  const wanted = { name: before.name, ...before.settings, ...given({ name, ...settings }) };
  const known: Record<string, unknown> = { name: before.name, ...before.settings };
  const changed = Object.entries(wanted).filter(([key, value]) => !isDeepStrictEqual(value, known[key]));
  if (changed.length === 0) return { before, after: before };

  const { name: newName, ...newSettings } = wanted;
  const after = { name: newName, settings: newSettings, version: before.version + 1 };
  await updateOrg(context.trx, context.orgId, after);
  await recordChange(
    context,
    { kind: 'org', id: context.orgId },
    Object.fromEntries(changed.map(([key, value]) => [key, [known[key], value] as const])),
    { type: 'org.updated', data: { changed: changed.map(([key]) => key) } },
  );
  return { before, after };
}

/** What of a change was said at all. */
function given<Change extends object>(
  change: Change,
): { [Key in keyof Change]?: Exclude<Change[Key], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as never;
}
