// What identity providers send, for one signed-in admin, as it is written. Knows no transport.
import type { SignedIn } from '../auth/signed-in.ts';
import { type FollowedRecord, followRecords } from '../provisioning/follow-records.ts';
import type { ApiDeps } from './api-deps.ts';
import { whileAllowed } from './while-allowed.ts';

/**
 * The provisioning records of the person's org, from now on.
 * @throws AppError `session.missing`, `access.denied`, `live.too_many`
 */
export function watchRecords(
  caller: { readonly deps: ApiDeps; readonly person: SignedIn },
  signal: AbortSignal | undefined,
): AsyncGenerator<FollowedRecord> {
  const { deps, person } = caller;
  const records = {
    right: 'see connections and what they sent',
    open: (ends: AbortSignal) =>
      followRecords(deps.database, person.orgId, { signal: AbortSignal.any([ends, deps.stopping]) }),
  } as const;
  return whileAllowed(caller, records, signal);
}
