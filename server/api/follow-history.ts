// The org's history for one signed-in person. Knows whose events are looked at twice; no transport.
import type { SignedIn } from '../auth/signed-in.ts';
import type { StoredEvent } from '../events/event-store.ts';
import type { ApiDeps } from './api-deps.ts';
import { whileAllowed } from './while-allowed.ts';

/**
 * The events of the person's org after the one given (its sequence number), or from now on.
 * @throws AppError `session.missing`, `access.denied`, `live.too_many`
 */
export function followHistory(
  caller: { readonly deps: ApiDeps; readonly person: SignedIn },
  after: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<StoredEvent> {
  const { deps, person } = caller;
  const events = {
    right: 'see members',
    open: (ends: AbortSignal) =>
      deps.events.subscribe(person.orgId, { ...(after !== undefined && { after }), signal: ends }),
    isAbout: (event: StoredEvent) => event.subject.id === person.memberId,
  } as const;
  return whileAllowed(caller, events, signal);
}
