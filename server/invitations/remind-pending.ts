// Reminders that leave by themselves, so many days after an invitation, where an org wants them. Knows the days; the
// limits that people's nudges have hold for these too.
import type { ChangeDeps } from '../audit/change-context.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { settingsOf } from '../orgs/settings-of.ts';
import { nudgeSlice } from './nudge-members.ts';
import { listUnreminded } from './pending-store.ts';

const slice = 50;
const day = 24 * 60 * 60 * 1000;

/**
 * The recurring job: reminds everybody whose day has come and who got no reminder since, by a person or by itself. A
 * server that was stopped for longer sends one reminder, not every one that it missed.
 * @throws AppError `database.busy`
 */
export async function remindPending(deps: ChangeDeps): Promise<void> {
  for (const org of await listOrgs(deps.db)) {
    const days = [...new Set(settingsOf(org).reminderDays)].sort((a, b) => a - b);
    for (const [index, dueDay] of days.entries()) await remindDue(deps, org.id, dueDay, days[index + 1]);
  }
}

async function remindDue(
  deps: ChangeDeps,
  orgId: string,
  dueDay: number,
  nextDay: number | undefined,
): Promise<void> {
  const now = deps.now();
  const asked = { orgId, actor: { kind: 'server', id: 'reminders' }, requestId: 'reminders' } as const;
  const due = {
    sentAfter: nextDay === undefined ? 0 : now - nextDay * day,
    sentUntil: now - dueDay * day,
    dueMs: dueDay * day,
  };
  for (let after = ''; ; ) {
    const rows = await listUnreminded(deps.db, orgId, due, { after, limit: slice });
    const ids = rows.map(({ member_id }) => member_id);
    if (ids.length > 0) await nudgeSlice(deps, asked, ids, { message: null, automatic: true });
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return;
    after = last.id;
  }
}
