// What the procedures need of the server. Types only.
import type { ChangeDeps } from '../audit/change-context.ts';
import type { Outgoing } from '../core/outgoing.ts';
import type { Database } from '../db/database.ts';
import type { EventStream } from '../events/event-stream.ts';
import type { ChallengeReader } from '../orgs/dns-challenge.ts';
import type { LiveSeats } from './live-seats.ts';

export interface ApiDeps extends ChangeDeps {
  readonly database: Database;
  /** The address that others reach this server by. */
  readonly publicUrl: () => string;
  readonly events: EventStream;
  readonly liveSeats: LiveSeats;
  /** Ends when the server stops: streams have no end of their own. */
  readonly stopping: AbortSignal;
  readonly readChallenge: ChallengeReader;
  /** The way to addresses that people enter. */
  readonly outgoing: Outgoing;
  /** The origins at which the extension gets its code; they tell its ids. */
  readonly extensionRedirects: readonly string[];
}
