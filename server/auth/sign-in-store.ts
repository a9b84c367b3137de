// People who are proving that a mailbox is theirs, as rows. Knows hashes, no link, no code and no mail.
import type { Selectable } from 'kysely';
import type { Db } from '../db/database.ts';
import type { SignInTable } from '../db/people-tables.ts';
import { prepare } from '../db/prepared.ts';

export type SignInRow = Selectable<SignInTable>;

export async function addSignIn(trx: Db, row: Omit<SignInRow, 'attempts' | 'used_at'>): Promise<void> {
  await trx
    .insertInto('sign_ins')
    .values({ ...row, attempts: 0, used_at: null })
    .execute();
}

/** When mails were asked for in the name of this address, from `since` on, the earliest first. */
export async function recentSignIns(db: Db, emailNorm: string, since: number): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('sign_ins')
    .select('created_at')
    .where('email_norm', '=', emailNorm)
    .where('created_at', '>', since)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => row.created_at);
}

export function findSignInByBrowser(db: Db, browserHash: string): Promise<SignInRow | undefined> {
  return db.selectFrom('sign_ins').selectAll().where('browser_hash', '=', browserHash).executeTakeFirst();
}

export function findSignInByLink(db: Db, linkHash: string): Promise<SignInRow | undefined> {
  return db.selectFrom('sign_ins').selectAll().where('link_hash', '=', linkHash).executeTakeFirst();
}

const attempt = prepare<{ browser: string; now: number; most: number }, SignInRow>((db, p) =>
  db
    .updateTable('sign_ins')
    .set((column) => ({ attempts: column('attempts', '+', 1) }))
    .where('browser_hash', '=', p('browser'))
    .where('used_at', 'is', null)
    .where('expires_at', '>', p('now'))
    .where('attempts', '<', p('most'))
    .returningAll(),
);

/**
 * Takes one of the `most` attempts at a code before it is looked at, so that no number of requests at once gets more;
 * nothing when none is left, or when the sign-in has ended.
 */
export function takeAttempt(
  db: Db,
  browserHash: string,
  now: number,
  most: number,
): Promise<SignInRow | undefined> {
  return attempt.first(db, { browser: browserHash, now, most });
}

const markUsed = prepare<{ id: string; now: number }, unknown>((db, p) =>
  db
    .updateTable('sign_ins')
    .set({ used_at: p('now') })
    .where('id', '=', p('id'))
    .where('used_at', 'is', null)
    .where('expires_at', '>', p('now')),
);

/** Uses a sign-in up, link and code alike; false when somebody did before, or it has expired. */
export async function spendSignIn(db: Db, id: string, now: number): Promise<boolean> {
  return (await markUsed.run(db, { id, now })) === 1;
}
