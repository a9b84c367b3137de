// For how long everything is kept, as data, and the job that lets go of the rest: in slices, beside the requests.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OrgSettings } from '../../shared/org-settings.ts';
import { webhookDeliveryDays } from '../../shared/webhook.ts';
import { hasAuditBefore, moveAuditHorizon, purgeAudit } from '../audit/audit-store.ts';
import { type AskedInOrg, type ChangeDeps, changeDepsOf, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { deleteAttemptsOf, purgeAttempts } from '../auth/sso-attempt-store.ts';
import { purgeFlows, purgeLogoutTokens } from '../auth/sso-flow-store.ts';
import { deleteIdentitiesOf } from '../auth/sso-identity-store.ts';
import type { Job } from '../core/scheduler.ts';
import type { Db } from '../db/database.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import {
  deleteMailTo,
  eraseDocuments,
  type Purge,
  purgeDepartures,
  purgeEndedInvitations,
  purgeEvents,
  purgeExpired,
  purgeHeld,
  purgeMail,
  purgeMailOfNoOrg,
  purgeMemberEvents,
  purgeNudges,
  purgeOrgRecords,
  purgeWebhookDeliveries,
} from './retention-store.ts';

const day = 24 * 60 * 60 * 1000;

/** How many days each org keeps what; null for ever. */
const rules: readonly {
  readonly purge: Purge;
  readonly days: (retention: OrgSettings['retention']) => number | null;
}[] = [
  { purge: purgeOrgRecords, days: ({ provisioningRecordDays }) => provisioningRecordDays },
  { purge: purgeMemberEvents, days: ({ eventDays }) => eventDays },
  { purge: purgeEvents, days: ({ eventDays }) => eventDays },
  { purge: purgeEndedInvitations, days: () => 365 },
  { purge: purgeNudges, days: () => 365 },
  { purge: purgeMail, days: () => 30 },
  { purge: purgeWebhookDeliveries, days: () => webhookDeliveryDays },
  // Counted for an hour; the rest of the day is for whoever looks into it.
  { purge: purgeDepartures, days: () => 1 },
  { purge: purgeHeld, days: () => 90 },
  { purge: purgeFlows, days: () => 1 },
  { purge: purgeLogoutTokens, days: () => 1 },
  { purge: purgeAttempts, days: () => 90 },
];

/** Rows in one statement, and people in one transaction that tells of each. */
const slice = 1000;
const peopleAtOnce = 50;

const actor = { kind: 'server', id: 'retention' } as const;

/** The job, for the scheduler. */
export function retentionJob(server: {
  readonly database: { readonly db: Db };
  readonly now: () => number;
  readonly secret: Buffer;
}): Job {
  const deps = changeDepsOf(server);
  return { name: 'retention', everyMs: day / 24, firstAfterMs: 60_000, run: () => letGo(deps) };
}

/** Lets go of everything that is no longer kept, of every org. @throws what the database says */
export async function letGo(deps: ChangeDeps): Promise<void> {
  const { db } = deps;
  const now = deps.now();
  await inSlices(slice, () => purgeExpired(db, 'sessions', now, slice));
  // A sign-in counts against the next ones from the same address for a while.
  await inSlices(slice, () => purgeExpired(db, 'sign_ins', now - day, slice));
  await inSlices(slice, () => purgeExpired(db, 'extension_codes', now - day, slice));
  await inSlices(slice, () => purgeMailOfNoOrg(db, now - day, slice));
  for (const org of await listOrgs(db)) {
    const { retention } = settingsOf(org);
    for (const { purge, days } of rules) {
      const kept = days(retention);
      if (kept !== null) await inSlices(slice, () => purge(db, org.id, now - kept * day, slice));
    }
    const asked = { orgId: org.id, actor, requestId: 'retention' };
    await erasePeople(deps, asked, now - retention.removedPeopleDays * day);
    if (retention.auditDays !== null) await trimAudit(deps, asked, now - retention.auditDays * day);
  }
}

/** Goes on while slices are full; what requests have been waiting for goes between. */
async function inSlices(size: number, step: () => Promise<number>): Promise<void> {
  while ((await step()) >= size) await nextTurn();
  await nextTurn();
}

/** Erases the data of those who were removed before the time given; their ids stay. */
async function erasePeople(deps: ChangeDeps, asked: AskedInOrg, before: number): Promise<void> {
  await inSlices(peopleAtOnce, () =>
    inChange(deps, asked, async (context) => {
      const { trx, orgId } = context;
      const { erased, people } = await eraseDocuments(trx, orgId, before, peopleAtOnce);
      for (const id of people) {
        await deleteMailTo(trx, orgId, id);
        await deleteAttemptsOf(trx, orgId, id);
        await deleteIdentitiesOf(trx, orgId, id);
        await recordChange(context, { kind: 'member', id }, {}, { type: 'member.erased', data: {} });
      }
      return erased;
    }),
  );
}

/** Deletes the audit entries from before the day of the time given, and leaves an entry that says so. */
async function trimAudit(deps: ChangeDeps, asked: AskedInOrg, time: number): Promise<void> {
  const { db } = deps;
  const { orgId } = asked;
  const until = Math.floor(time / day) * day;
  if (!(await hasAuditBefore(db, orgId, until))) return;
  await inChange(deps, asked, async (context) => {
    await moveAuditHorizon(context.trx, orgId, until);
    await recordChange(
      context,
      { kind: 'org', id: orgId },
      { auditKeptFrom: [null, new Date(until).toISOString()] },
      { type: 'org.audit_trimmed', data: { until } },
    );
  });
  await inSlices(slice, () => purgeAudit(db, orgId, until, slice));
}
