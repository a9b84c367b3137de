// Changes an org's name and settings, and carries out what follows: more seats are filled at once. Knows no form.
import type { OrgChange } from '../../shared/org-settings.ts';
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { type OrgState, writeOrg } from '../orgs/write-org.ts';
import { fillAllSeats } from './fill-seats.ts';

/**
 * Gives the org another name or other settings.
 * @throws AppError `org.not_found`, `resource.changed`, `database.busy`
 */
export async function changeOrg(deps: ChangeDeps, asked: AskedInOrg, change: OrgChange): Promise<OrgState> {
  const { before, after } = await inChange(deps, asked, (context) => writeOrg(context, change));
  const [had, has] = [before, after].map(({ settings }) => settings.seatLimit ?? Number.POSITIVE_INFINITY);
  if ((has ?? 0) > (had ?? 0)) await fillAllSeats(deps, asked);
  return after;
}
