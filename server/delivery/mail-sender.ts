// Empties the outbox: a few mails at a time, soon after each commit and every now and then. Knows when to look, not what
// a mail is.
import type { FastifyBaseLogger } from 'fastify';
import { type Job, nodeTimers, type Timers } from '../core/scheduler.ts';
import { soonAfterCommits } from '../db/soon-after-commits.ts';
import { type Delivery, type DeliveryDeps, deliverNext } from './deliver-mail.ts';
import { lettersAtOnce } from './mail-transport.ts';

export interface MailSender {
  /** Sends what is due and resolves when nothing is any more, or when the mail server takes nothing. */
  run(): Promise<void>;
  /** From now on looks soon after every commit of this process. */
  follow(): void;
  /** Begins no other mail and waits a little for those under way; what is not done by then is sent at the next start. */
  close(): Promise<void>;
}

interface SenderDeps extends DeliveryDeps {
  readonly log: Pick<FastifyBaseLogger, 'info' | 'warn' | 'error'>;
  readonly timers?: Timers;
}

/** How long a mail under way may hold up the end of the server, in milliseconds. */
const patienceAtClose = 5000;

export function createMailSender(deps: SenderDeps): MailSender {
  const { db, log, timers = nodeTimers } = deps;
  let running: Promise<void> | undefined;
  let isAskedAgain = false;
  let isClosed = false;
  let unfollow = () => {};

  const deliver = async (round: { serverFails: boolean }): Promise<void> => {
    while (!isClosed && !round.serverFails) {
      const delivery = await deliverNext(deps);
      if (delivery === undefined) return;
      tell(log, delivery);
      // What is due has better chances after a pause than against a server that takes nothing.
      if (delivery.serverFails) round.serverFails = true;
    }
  };
  const empty = async (): Promise<void> => {
    do {
      isAskedAgain = false;
      const round = { serverFails: false };
      await Promise.all(Array.from({ length: lettersAtOnce }, () => deliver(round)));
    } while (isAskedAgain && !isClosed);
  };
  const run = (): Promise<void> => {
    isAskedAgain = running !== undefined;
    running ??= empty().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    run,
    follow() {
      unfollow = soonAfterCommits(db, timers, () => {
        run().catch((err: unknown) => log.error({ err }, 'Mails wait: the outbox could not be read.'));
      });
    },
    async close() {
      isClosed = true;
      unfollow();
      const cancel = timers.after(patienceAtClose, () => deps.transport.close());
      await running?.catch(() => {});
      cancel();
      deps.transport.close();
    },
  };
}

/** The jobs of the outbox: mails whose pause is over, and those of other processes. */
export function mailJobs(sender: MailSender): readonly Job[] {
  return [{ name: 'mail', everyMs: 30_000, firstAfterMs: 1000, run: () => sender.run() }];
}

/** Without addresses, which are nobody's business in a log. */
function tell(log: SenderDeps['log'], { mail: { id, kind, attempts }, outcome, words }: Delivery): void {
  const details = { mail: id, kind, attempts };
  if (outcome === 'sent') log.info(details, 'a mail was sent');
  else if (outcome === 'waiting') log.warn({ ...details, words }, 'A mail was not taken and is tried again.');
  else log.warn({ ...details, words }, 'A mail was given up; the outbox of its organisation shows it.');
}
