// Mails on their way, written in the transaction of the change that they tell of. Knows rows and seals, no mail server.
import type { ChangeContext } from '../audit/change-context.ts';
import { seal } from '../core/seal.ts';
import { newId } from '../core/secrets.ts';
import type { OutboxTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';
import type { Mail } from './mail.ts';

/** What the outbox seals mails for. */
export const mailSeal = 'mail';

type NewMail = Omit<OutboxTable, 'seq'>;

const insert = prepare<NewMail, unknown>((db, p) =>
  db.insertInto('outbox').values({
    org_id: p('org_id'),
    id: p('id'),
    kind: p('kind'),
    member_id: p('member_id'),
    recipient: p('recipient'),
    state: p('state'),
    sealed: p('sealed'),
    attempts: p('attempts'),
    next_at: p('next_at'),
    created_at: p('created_at'),
    ended_at: p('ended_at'),
    last_error: p('last_error'),
  }),
);

/**
 * Puts a mail into the outbox, to leave after the commit; gives its id. Of no org when it is about no org (sign-in). One
 * that is `dropped` never leaves and keeps nothing to say: it costs what the others cost, so that nobody learns from the
 * time an answer takes whether an address is known.
 */
export async function enqueueMail(
  { trx, now, secret }: Pick<ChangeContext, 'trx' | 'now' | 'secret'>,
  to: { readonly orgId: string | null; readonly memberId: string | null; readonly address: string },
  { kind, data }: Mail,
  state: 'waiting' | 'dropped' = 'waiting',
): Promise<string> {
  const id = newId();
  const sealed = seal(secret, mailSeal, JSON.stringify(data));
  await insert.run(trx, {
    org_id: to.orgId,
    id,
    kind,
    member_id: to.memberId,
    recipient: to.address,
    state,
    sealed: state === 'dropped' ? null : sealed,
    attempts: 0,
    next_at: now,
    created_at: now,
    ended_at: state === 'dropped' ? now : null,
    last_error: null,
  });
  return id;
}
