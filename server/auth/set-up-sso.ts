// Sets up how an org signs in with its identity provider, takes it away, and makes it the only way in. Knows the rules of a
// change; what the settings are worth, it asks beforehand.
import type { SsoSettings } from '../../shared/single-sign-on.ts';
import type { Changes } from '../audit/audit-log.ts';
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Outgoing } from '../core/outgoing.ts';
import { lockOrg } from '../orgs/org-store.ts';
import { issuerTrouble } from './check-issuer.ts';
import { issuerKind } from './issuer-kind.ts';
import { deleteFlows } from './sso-flow-store.ts';
import { findIdentityOf, forgetProofs } from './sso-identity-store.ts';
import { sealSso, unsealSso } from './sso-secret.ts';
import { endOtherWays } from './sso-session-store.ts';
import { deleteSso, findSso, lockSso, type SsoRow, writeSso } from './sso-store.ts';

/**
 * Saves the settings. An issuer that is new has to answer as one; whether people get in, only a sign-in shows.
 * @throws AppError `sso.unusable_issuer`, `sso.secret_needed`, `resource.changed`, `database.busy`
 */
export async function saveSso(
  deps: ChangeDeps & { readonly outgoing: Outgoing },
  asked: AskedInOrg,
  { version, ...settings }: SsoSettings,
): Promise<void> {
  const known = await findSso(deps.db, asked.orgId);
  if (known?.issuer !== settings.issuer) {
    const trouble = await issuerTrouble(deps.outgoing, settings.issuer);
    if (trouble !== undefined) throw new AppError('sso.unusable_issuer', { sentence: trouble });
  }
  await inChange(deps, asked, async (context) => {
    const { trx, orgId, secret } = context;
    // The first settings have no row to lock.
    await lockOrg(trx, orgId);
    const before = await lockSso(trx, orgId);
    if (version !== undefined && version !== (before?.version ?? 0))
      throw new AppError('resource.changed', { id: 'single sign-on' });
    const after = nextSettings(secret, context, before, settings);
    const changes = changesOf(before, after);
    const changed = Object.keys(changes);
    if (changed.length === 0) return;
    await writeSso(trx, after);
    await recordChange(context, { kind: 'org', id: orgId }, changes, {
      type: 'org.sso_changed',
      data: { issuer: after.issuer, changed },
    });
  });
}

function nextSettings(
  key: Buffer,
  { orgId, now }: { readonly orgId: string; readonly now: number },
  before: SsoRow | undefined,
  { issuer, clientId, clientSecret, joining }: Omit<SsoSettings, 'version'>,
): SsoRow {
  const isSameClient = before?.issuer === issuer && before.client_id === clientId;
  // A secret goes to the issuer that it was entered for, and to no other.
  if (clientSecret === null && !isSameClient) throw new AppError('sso.secret_needed', {});
  const keepsSecret =
    isSameClient &&
    (clientSecret === null || unsealSso(key, 'client secret', before.client_secret_sealed) === clientSecret);
  return {
    org_id: orgId,
    issuer,
    client_id: clientId,
    client_secret_sealed: keepsSecret
      ? before.client_secret_sealed
      : sealSso(key, 'client secret', clientSecret ?? ''),
    kind: issuerKind(issuer),
    joining,
    // Of another client nobody knows whether it lets anybody in.
    required: isSameClient ? before.required : 0,
    version: (before?.version ?? 0) + 1,
    client_version: keepsSecret ? before.client_version : (before?.client_version ?? 0) + 1,
    changed_at: now,
    proven_at: keepsSecret ? before.proven_at : null,
  };
}

/** Of the secret, only that it is another. */
function changesOf(before: SsoRow | undefined, after: SsoRow): Changes {
  const [was, is] = [told(before), told(after)];
  const changed = (Object.keys(is) as (keyof typeof is)[]).filter((name) => was[name] !== is[name]);
  const isOtherSecret = before?.client_secret_sealed !== after.client_secret_sealed;
  return {
    ...Object.fromEntries(changed.map((name) => [name, [was[name], is[name]] as const])),
    ...(isOtherSecret && { clientSecret: [before === undefined ? null : 'one', 'another'] as const }),
  };
}

function told(row: SsoRow | undefined) {
  return {
    issuer: row?.issuer ?? null,
    clientId: row?.client_id ?? null,
    joining: row?.joining ?? null,
    required: row?.required === 1,
  };
}

/**
 * Takes single sign-on away; people sign in by mail again.
 * @throws AppError `sso.not_set_up`, `database.busy`
 */
export function removeSso(deps: ChangeDeps, asked: AskedInOrg): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId } = context;
    const before = await lockSso(trx, orgId);
    if (before === undefined) throw new AppError('sso.not_set_up', {});
    await deleteSso(trx, orgId);
    // Versions begin anew with the next settings.
    await forgetProofs(trx, orgId);
    await deleteFlows(trx, orgId);
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { issuer: [before.issuer, null], clientId: [before.client_id, null] },
      { type: 'org.sso_removed', data: { issuer: before.issuer } },
    );
  });
}

/**
 * Makes it the only way in, or opens the others again. It is required only by somebody who has come in by it, and ends the
 * sessions that began another way; those of owners stay, because their way by mail does.
 * @throws AppError `sso.not_set_up`, `sso.not_proven`, `database.busy`
 */
export function requireSso(deps: ChangeDeps, asked: AskedInOrg, required: boolean): Promise<void> {
  return inChange(deps, asked, async (context) => {
    const { trx, orgId, actor } = context;
    const before = await lockSso(trx, orgId);
    if (before === undefined) throw new AppError('sso.not_set_up', {});
    if ((before.required === 1) === required) return;
    const own = await findIdentityOf(trx, orgId, actor.id, before.issuer);
    if (required && own?.client_version !== before.client_version) throw new AppError('sso.not_proven', {});
    await writeSso(trx, { ...before, required: required ? 1 : 0, version: before.version + 1 });
    const sessionsEnded = required ? await endOtherWays(trx, orgId, before.issuer) : 0;
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { required: [!required, required] },
      { type: 'org.sso_required', data: { required, sessionsEnded } },
    );
  });
}
