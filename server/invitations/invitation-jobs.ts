// What recurs around getting in: invitations end, reminders leave, free seats are filled, domains are looked up again.
// Knows how often, not how.
import { type ChangeDeps, changeDepsOf } from '../audit/change-context.ts';
import type { Job } from '../core/scheduler.ts';
import type { Db } from '../db/database.ts';
import type { ChallengeReader } from '../orgs/dns-challenge.ts';
import { recheckDomains } from '../orgs/domain-verification.ts';
import { expireInvitations } from './change-invitation.ts';
import { fillSeatsEverywhere } from './fill-seats.ts';
import { remindPending } from './remind-pending.ts';

interface JobDeps extends Pick<ChangeDeps, 'now' | 'secret'> {
  readonly database: { readonly db: Db };
  readonly readChallenge: ChallengeReader;
}

const minute = 60_000;

/** The jobs, for the scheduler. */
export function invitationJobs(server: JobDeps): readonly Job[] {
  const deps = { ...changeDepsOf(server), readChallenge: server.readChallenge };
  return [
    { name: 'expiry', everyMs: 5 * minute, firstAfterMs: minute, run: () => expireInvitations(deps) },
    { name: 'reminders', everyMs: 15 * minute, firstAfterMs: 2 * minute, run: () => remindPending(deps) },
    { name: 'seats', everyMs: 15 * minute, firstAfterMs: minute, run: () => fillSeatsEverywhere(deps) },
    { name: 'domains', everyMs: 60 * minute, firstAfterMs: 3 * minute, run: () => recheckDomains(deps) },
  ];
}
