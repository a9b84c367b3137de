// What an org has decided, as one change sees it: read once, however many steps of the change ask. Knows no setting.
import type { OrgSettings } from '../../shared/org-settings.ts';
import type { ChangeContext } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { findOrg } from './org-store.ts';
import { settingsOf } from './settings-of.ts';

export interface OrgInForce {
  readonly name: string;
  readonly settings: OrgSettings;
}

type InOrg = Pick<ChangeContext, 'trx' | 'orgId'>;

const known = new WeakMap<InOrg, Promise<OrgInForce>>();

/**
 * The org that a change happens in.
 * @throws AppError `org.not_found`
 */
export function orgInForce(context: InOrg): Promise<OrgInForce> {
  const org = known.get(context) ?? read(context);
  known.set(context, org);
  return org;
}

async function read({ trx, orgId }: InOrg): Promise<OrgInForce> {
  const org = await findOrg(trx, orgId);
  if (!org) throw new AppError('org.not_found', { org: orgId });
  return { name: org.name, settings: settingsOf(org) };
}
