// One mail of the outbox on its way: claimed, written, handed over, and what became of it told. Knows when to try again;
// how letters travel, it does not.
import { type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { unseal } from '../core/seal.ts';
import { inTransaction } from '../db/transaction.ts';
import { isMailAddress, type Letter, writeLetter } from './letter.ts';
import type { Mail } from './mail.ts';
import { type MailRefusal, readRefusal } from './mail-refusal.ts';
import { clearMailFailure, lockMailStanding, writeMailStanding } from './mail-standing-store.ts';
import type { MailTransport } from './mail-transport.ts';
import { mailSeal } from './outbox.ts';
import { claimMail, findMailOrg, isMailDue, type OutboxRow, settleMail } from './outbox-store.ts';
import { senderName } from './sender-name.ts';

export interface DeliveryDeps extends ChangeDeps {
  readonly publicUrl: () => string;
  /** The address that mails come from; made from the public address when absent. */
  readonly mailFrom?: string | undefined;
  readonly transport: MailTransport;
}

/** What became of a mail. */
export interface Delivery {
  readonly mail: Pick<OutboxRow, 'id' | 'kind' | 'attempts'>;
  readonly outcome: 'sent' | 'waiting' | 'dead' | 'dropped';
  readonly words?: string;
  /** Whether no mail gets through at the moment. */
  readonly serverFails: boolean;
}

const minute = 60_000;

/** For how long a claimed mail is nobody else's: longer than any letter may take. */
const lease = 5 * minute;

/** The pauses after each failed attempt; the attempt after the last pause is the last, about a day after the first. */
const pauses = [1, 5, 15, 60, 240, 480, 600].map((minutes) => minutes * minute);

/** Sends the mail that has been due for longest; undefined when none is due. */
export async function deliverNext(deps: DeliveryDeps): Promise<Delivery | undefined> {
  const { db, now } = deps;
  if (!(await isMailDue(db, now()))) return undefined;
  const row = await claimMail(db, now(), now() + lease);
  if (row === undefined) return undefined;
  const mail = openMail(row, deps.secret);
  const refusal = await attempt(deps, row, mail);
  const outcome = outcomeOf(row, refusal);
  await settle(deps, row, outcome, refusal);
  return {
    mail: row,
    outcome,
    ...(refusal && { words: refusal.words }),
    serverFails: refusal?.concerns === 'server',
  };
}

function openMail({ kind, sealed }: OutboxRow, secret: Buffer): Mail | undefined {
  const text = sealed === null ? undefined : unseal(secret, mailSeal, sealed);
  return text === undefined ? undefined : ({ kind, data: JSON.parse(text) } as Mail);
}

type Refusal =
  | MailRefusal
  | { readonly words: string; readonly concerns: 'nobody'; readonly mailbox?: never };

/** Hands the mail over; gives why that failed. */
async function attempt(
  deps: DeliveryDeps,
  row: OutboxRow,
  mail: Mail | undefined,
): Promise<Refusal | undefined> {
  if (mail === undefined)
    return {
      words: 'The server’s key changed after this mail was written, so it cannot be read.',
      concerns: 'letter',
    };
  if (!isMailAddress(row.recipient)) {
    const words = 'This is no address that mail can be sent to.';
    return { words, concerns: 'letter', mailbox: words };
  }
  if (usefulUntil(row, mail) <= deps.now())
    return { words: 'Its link ran out before the mail could be sent.', concerns: 'nobody' };
  try {
    await deps.transport.send(await letterOf(deps, row, mail));
    return undefined;
  } catch (error) {
    return readRefusal(error, [...deps.transport.secrets, ...secretsIn(mail)]);
  }
}

function outcomeOf({ attempts }: OutboxRow, refusal: Refusal | undefined): Delivery['outcome'] {
  if (refusal === undefined) return 'sent';
  if (refusal.concerns === 'nobody') return 'dropped';
  return refusal.concerns === 'letter' || attempts > pauses.length ? 'dead' : 'waiting';
}

async function settle(
  deps: DeliveryDeps,
  row: OutboxRow,
  outcome: Delivery['outcome'],
  refusal: Refusal | undefined,
): Promise<void> {
  const at = deps.now();
  const waits = outcome === 'waiting';
  const settlement = {
    state: outcome,
    // A dead mail may be sent again by hand; what else has ended says nothing any more.
    sealed: waits || outcome === 'dead' ? row.sealed : null,
    next_at: waits ? at + (pauses[row.attempts - 1] ?? 0) : at,
    ended_at: waits ? null : at,
    last_error: refusal?.words ?? null,
  };
  const { org_id: orgId, member_id: memberId } = row;
  if (orgId === null || memberId === null) {
    await inTransaction(deps.db, (trx) => settleMail(trx, row, settlement));
  } else if (outcome === 'dead' && refusal?.mailbox !== undefined) {
    await markMailbox(deps, { ...row, orgId, memberId }, settlement, refusal.mailbox);
  } else {
    await inTransaction(deps.db, async (trx) => {
      if ((await settleMail(trx, row, settlement)) && outcome === 'sent')
        await clearMailFailure(trx, orgId, memberId);
    });
  }
}

/** The mail is dead by the fault of the mailbox, which its member's admins have to know. */
function markMailbox(
  deps: DeliveryDeps,
  row: OutboxRow & { readonly orgId: string; readonly memberId: string },
  settlement: Parameters<typeof settleMail>[2],
  error: string,
): Promise<void> {
  const actor = { kind: 'server', id: 'mail' } as const;
  const { id: mailId, kind, orgId, memberId } = row;
  return inChange(deps, { orgId, actor, requestId: mailId }, async (context) => {
    const { trx } = context;
    if (!(await settleMail(trx, row, settlement))) return;
    const standing = await lockMailStanding(trx, orgId, memberId);
    if (standing === undefined) return;
    await writeMailStanding(trx, orgId, memberId, { ...standing, mail_failure: error });
    const changes = { mailFailure: [standing.mail_failure, error] } as const;
    const event = { type: 'member.mail_failed', data: { mailId, kind, error } } as const;
    await recordChange(context, { kind: 'member', id: memberId }, changes, event);
  });
}

/** Until when the links in a mail work, Unix milliseconds; for ever when it has none. */
function usefulUntil({ created_at }: OutboxRow, { data }: Mail): number {
  if ('minutes' in data) return created_at + data.minutes * minute;
  return 'expiresAt' in data ? data.expiresAt : Number.POSITIVE_INFINITY;
}

/** What opens doors in a mail. */
function secretsIn({ data }: Mail): readonly string[] {
  return [
    ...('token' in data ? [data.token] : []),
    ...('code' in data ? [data.code] : []),
    ...('unsubscribeToken' in data ? [data.unsubscribeToken] : []),
  ];
}

async function letterOf(deps: DeliveryDeps, row: OutboxRow, mail: Mail): Promise<Letter> {
  const { db, publicUrl, mailFrom, now } = deps;
  const org = row.org_id === null ? undefined : await findMailOrg(db, row.org_id);
  const name = org === undefined ? 'Rollcall' : senderName(org);
  return writeLetter(row, mail, { publicUrl: publicUrl(), mailFrom, senderName: name, now: now() });
}
