// The event stream as one signed-in person may see it: it ends with their session or their right. Knows no transport.
import { may } from '../auth/access-policy.ts';
import { findSessionPersonById } from '../auth/session-store.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import { AppError } from '../core/app-error.ts';
import type { StoredEvent } from '../events/event-store.ts';
import type { ApiDeps } from './api-deps.ts';

/** How long somebody is taken at their word between two looks at their session, in milliseconds. */
const trust = 60_000;

/**
 * The events of the person's org after the one given (its sequence number), or from now on.
 * @throws AppError `session.missing`, `access.denied` when the session or the right ends meanwhile; `live.too_many`
 * when newer streams of the session take the place of this one
 */
export async function* followHistory(
  { deps, person }: { readonly deps: ApiDeps; readonly person: SignedIn },
  after: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredEvent> {
  const seat = deps.liveSeats.take(person.sessionId);
  try {
    let checkedAt = deps.now();
    const ends = signal ? AbortSignal.any([signal, seat.lost]) : seat.lost;
    const options = { ...(after !== undefined && { after }), signal: ends };
    for await (const event of deps.events.subscribe(person.orgId, options)) {
      if (event.subject.id === person.memberId || deps.now() - checkedAt >= trust) {
        checkedAt = deps.now();
        await stillAllowed(deps, person);
      }
      yield event;
    }
    if (seat.lost.aborted) throw new AppError('live.too_many', {});
  } finally {
    seat.leave();
  }
}

async function stillAllowed(deps: ApiDeps, person: SignedIn): Promise<void> {
  const found = await findSessionPersonById(deps.db, person, deps.now());
  if (found === undefined) throw new AppError('session.missing', {});
  const right = 'see members';
  if (!may({ ...person, role: found.role }, right)) throw new AppError('access.denied', { right });
}
