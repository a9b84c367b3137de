// A stream as one signed-in person may see it: it ends with their session or their right. Knows no content and no transport.
import { may, type Right } from '../auth/access-policy.ts';
import { findSessionPersonById } from '../auth/session-store.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import { AppError } from '../core/app-error.ts';
import type { ApiDeps } from './api-deps.ts';

/** How long somebody is taken at their word between two looks at their session, in milliseconds. */
const trust = 60_000;

/** What to follow, and with which right. */
export interface Followed<Item> {
  readonly right: Right;
  /** Ends with the client, and when the stream loses its place. */
  open(signal: AbortSignal): AsyncIterable<Item>;
  /** Whether the item may be about the rights of this person, who is looked at again before it is given. */
  isAbout?(item: Item): boolean;
}

/**
 * The items of a stream for as long as the person may see them.
 * @throws AppError `session.missing`, `access.denied` when the session or the right ends meanwhile; `live.too_many`
 * when newer streams of the session take the place of this one
 */
export async function* whileAllowed<Item>(
  { deps, person }: { readonly deps: ApiDeps; readonly person: SignedIn },
  { right, open, isAbout }: Followed<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item> {
  const seat = deps.liveSeats.take(person.sessionId);
  try {
    let checkedAt = deps.now();
    for await (const item of open(signal ? AbortSignal.any([signal, seat.lost]) : seat.lost)) {
      if (isAbout?.(item) || deps.now() - checkedAt >= trust) {
        checkedAt = deps.now();
        await stillAllowed(deps, person, right);
      }
      yield item;
    }
    if (seat.lost.aborted) throw new AppError('live.too_many', {});
  } finally {
    seat.leave();
  }
}

async function stillAllowed(deps: ApiDeps, person: SignedIn, right: Right): Promise<void> {
  const found = await findSessionPersonById(deps.db, person, deps.now());
  if (found === undefined) throw new AppError('session.missing', {});
  if (!may({ ...person, role: found.role }, right)) throw new AppError('access.denied', { right });
}
