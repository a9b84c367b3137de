// Proves that a mailbox is somebody's: one mail with a link and a code, and either of them once. Knows nothing of what
// the proof is good for.
import type { ChangeContext } from '../audit/change-context.ts';
import { AppError } from '../core/app-error.ts';
import { hashToken, keyedHash, newCode, newId, newSecret, newToken, sameHash } from '../core/secrets.ts';
import type { Db } from '../db/database.ts';
import type { Mail } from '../delivery/mail.ts';
import { enqueueMail } from '../delivery/outbox.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { mailboxOf } from './mailbox-of.ts';
import {
  addSignIn,
  findSignInByBrowser,
  findSignInByLink,
  recentSignIns,
  type SignInRow,
  spendSignIn,
  takeAttempt,
} from './sign-in-store.ts';

/** How long link and code are good, in minutes. */
export const proofMinutes = 10;
const minute = 60_000;

/** Codes that may be tried, the right one included. */
const attempts = 5;

/** Mails that may be asked for in the name of one address, within so many minutes. */
const mailsPerAddress = { most: 5, minutes: 15 };

/** The digits of a code. */
export const codeDigits = 8;

/** What is proven, and where the person was going. */
export type Proof = Pick<
  SignInRow,
  'id' | 'purpose' | 'org_id' | 'email_norm' | 'mailbox' | 'name' | 'continue_to'
>;

export interface ProofRequest {
  readonly purpose: 'sign_in' | 'sign_up';
  /** The org that somebody wants to join; null for a sign-in. */
  readonly orgId: string | null;
  /** As it was typed. */
  readonly address: string;
  readonly name: string | null;
  /** A local path. */
  readonly continueTo: string;
  /** Where the mail goes; null when nobody may be told anything, and then everything happens but the mail. */
  readonly recipient: string | null;
  readonly mail: (secrets: {
    readonly token: string;
    readonly code: string;
    readonly minutes: number;
  }) => Mail;
}

/**
 * Begins a proof in the caller's transaction and queues its mail; gives what the browser keeps as a cookie, which is
 * what a typed code is good with.
 * @throws AppError `sign_in.too_many`
 */
export async function startMailboxProof(
  context: Pick<ChangeContext, 'trx' | 'now' | 'secret'>,
  request: ProofRequest,
): Promise<string> {
  const { trx, now, secret } = context;
  const emailNorm = foldCase(request.address);
  await requireRoom(trx, emailNorm, now);
  const [id, browser, token, code] = [newId(), newSecret(), newToken(), newCode(codeDigits)];
  const address = request.recipient ?? request.address;
  await addSignIn(trx, {
    id,
    purpose: request.purpose,
    org_id: request.orgId,
    email_norm: emailNorm,
    mailbox: mailboxOf(address),
    name: request.name,
    browser_hash: hashToken(browser),
    link_hash: hashToken(token),
    code_hash: codeHash(secret, id, code),
    continue_to: request.continueTo,
    created_at: now,
    expires_at: now + proofMinutes * minute,
  });
  const to = { orgId: request.orgId, memberId: null, address };
  const mail = request.mail({ token, code, minutes: proofMinutes });
  await enqueueMail(context, to, mail, request.recipient === null ? 'dropped' : 'waiting');
  return browser;
}

async function requireRoom(trx: Db, emailNorm: string, now: number): Promise<void> {
  const { most, minutes } = mailsPerAddress;
  const recent = await recentSignIns(trx, emailNorm, now - minutes * minute);
  const [earliest] = recent;
  if (earliest === undefined || recent.length < most) return;
  throw new AppError('sign_in.too_many', { minutes: Math.ceil((earliest - now) / minute + minutes) });
}

/** A code has too few digits to be hashed without a key. */
function codeHash(secret: Buffer, id: string, code: string): string {
  return keyedHash(secret, 'sign-in code', `${id} ${code}`);
}

interface ProofDeps {
  readonly db: Db;
  readonly now: () => number;
}

/** The proof that a browser has begun, ended or not: what to show while it waits for the code. */
export async function proofUnderWay(
  { db, now }: ProofDeps,
  browser: string,
  purpose: Proof['purpose'],
): Promise<Proof | undefined> {
  const found = await findSignInByBrowser(db, hashToken(browser));
  return found && isOpen(found, purpose, now()) ? found : undefined;
}

/** What came of a code: the proof, a wrong one with so many attempts left, or that this sign-in is over. */
export type CodeOutcome =
  | { readonly proof: Proof }
  | { readonly wrong: { readonly left: number } }
  | { readonly over: true };

/** Tries the code that somebody typed, in the browser that asked for it. */
export async function proveByCode(
  { db, now, secret }: ProofDeps & { readonly secret: Buffer },
  browser: string,
  typed: string,
  purpose: Proof['purpose'],
): Promise<CodeOutcome> {
  const found = await takeAttempt(db, hashToken(browser), now(), attempts);
  if (found?.purpose !== purpose || found.code_hash === null) return { over: true };
  if (!sameHash(codeHash(secret, found.id, typed.replace(/\D/g, '')), found.code_hash)) {
    return found.attempts < attempts ? { wrong: { left: attempts - found.attempts } } : { over: true };
  }
  return (await spendSignIn(db, found.id, now())) ? { proof: found } : { over: true };
}

/** What a link would prove if it were used now; programs that look at mails open links, so looking uses nothing up. */
export async function lookAtLink(
  { db, now }: ProofDeps,
  token: string,
  purposes: readonly Proof['purpose'][],
): Promise<Proof | undefined> {
  const found = await findSignInByLink(db, hashToken(token));
  return found && purposes.some((purpose) => isOpen(found, purpose, now())) ? found : undefined;
}

/** Uses a link: its proof, or nothing when it is used, expired or unknown. */
export async function proveByLink(
  deps: ProofDeps,
  token: string,
  purposes: readonly Proof['purpose'][],
): Promise<Proof | undefined> {
  const found = await lookAtLink(deps, token, purposes);
  return found && (await spendSignIn(deps.db, found.id, deps.now())) ? found : undefined;
}

function isOpen(row: SignInRow, purpose: Proof['purpose'], now: number): boolean {
  return row.purpose === purpose && row.used_at === null && row.expires_at > now;
}
