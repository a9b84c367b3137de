// What the pages are made of. Types only.
import type { Outgoing } from '../core/outgoing.ts';
import type { Database } from '../db/database.ts';

export interface PagesDeps {
  readonly database: Database;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly secret: Buffer;
  /** The way to identity providers. */
  readonly outgoing: Pick<Outgoing, 'fetch'>;
  /** The address that people reach this server by, without a slash at its end. */
  readonly publicUrl: () => string;
  /** Where mails land when there is no mail server. */
  readonly mailFolder: string | undefined;
  /** What the set-up page asks for while there is no org. */
  readonly setUpCode: string;
  /** The origins at which the extension may get its code. */
  readonly extensionRedirects: readonly string[];
}
