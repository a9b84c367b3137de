// Gives the extension a session: a code for the consent, the session for the code. Knows the grant, no HTTP.
// @see RFC 6749 §4.1 (authorization code), RFC 7636 (PKCE)
import { createHash } from 'node:crypto';
import {
  type AskedInOrg,
  type ChangeContext,
  type ChangeDeps,
  inChange,
  type Origin,
} from '../audit/change-context.ts';
import {
  addExtensionCode,
  type ExtensionCodeRow,
  findExtensionCodeOwner,
  lockExtensionCode,
  spendExtensionCode,
} from '../auth/extension-code-store.ts';
import { endSessionOf } from '../auth/own-sessions.ts';
import { findSession, findSessionPersonById } from '../auth/session-store.ts';
import { type StartedSession, startSession } from '../auth/start-session.ts';
import { AppError } from '../core/app-error.ts';
import { hashToken, newSecret, sameHash } from '../core/secrets.ts';
import { inTransaction } from '../db/transaction.ts';
import { lockMember, type MemberRow } from './member-store.ts';

/** How long a code is good, in milliseconds: the extension trades it at once. */
const codeMs = 60_000;

/** What a member has consented to. */
export interface Consent {
  readonly redirectUri: string;
  /** The S256 challenge. */
  readonly challenge: string;
  /** What the session is going to be called. */
  readonly deviceName: string;
}

/**
 * Makes the code for somebody who is signed in and has consented. What becomes of it rests on what their own session does.
 * @throws AppError `session.missing` when that has just ended
 */
export async function makeExtensionCode(
  deps: ChangeDeps,
  person: { readonly orgId: string; readonly memberId: string; readonly sessionId: string },
  { redirectUri, challenge, deviceName }: Consent,
): Promise<string> {
  const code = newSecret();
  await inTransaction(deps.db, async (trx) => {
    const session = await findSessionPersonById(trx, person, deps.now());
    if (session === undefined) throw new AppError('session.missing', {});
    const { sso_issuer, sso_subject, sso_sid } = session;
    await addExtensionCode(trx, {
      hash: hashToken(code),
      org_id: person.orgId,
      member_id: person.memberId,
      redirect_uri: redirectUri,
      challenge,
      device_name: deviceName,
      expires_at: deps.now() + codeMs,
      sso_issuer,
      sso_subject,
      sso_sid,
    });
  });
  return code;
}

interface Exchange extends Origin {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** The session that a code was traded for, and whose it is. */
export interface ExtensionSession {
  readonly session: StartedSession;
  readonly member: MemberRow;
}

/**
 * Trades a code for a session, once: whoever tries uses it up. One that comes a second time has been in other hands, and
 * ends the session that it made (RFC 6749 §4.1.2). Nothing when the code is not good.
 */
export async function exchangeExtensionCode(
  deps: ChangeDeps,
  exchange: Exchange,
): Promise<ExtensionSession | undefined> {
  const hash = hashToken(exchange.code);
  return inTransaction(deps.db, async (trx) => {
    const owner = await findExtensionCodeOwner(trx, hash);
    if (owner === undefined) return undefined;
    // The person first and then the code, as whatever ends their access does: else each may wait for the other.
    const member = await lockMember(trx, owner.org_id, owner.member_id);
    const code = await lockExtensionCode(trx, hash);
    if (code === undefined) return undefined;
    const context: ChangeContext = {
      trx,
      orgId: code.org_id,
      actor: { kind: 'member', id: code.member_id },
      requestId: exchange.requestId,
      from: exchange.from,
      connectionId: null,
      secret: deps.secret,
      now: deps.now(),
    };
    if (code.used_at !== null) {
      if (code.session_id !== null) await endSessionOf(context, code.member_id, code.session_id);
      return undefined;
    }
    const traded = isGood(code, exchange, context.now) ? await trade(context, member, code) : undefined;
    await spendExtensionCode(trx, hash, context.now, traded?.session.id ?? null);
    return traded;
  });
}

function isGood(code: ExtensionCodeRow, { redirectUri, verifier }: Exchange, now: number): boolean {
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return code.expires_at > now && code.redirect_uri === redirectUri && sameHash(challenge, code.challenge);
}

async function trade(
  context: ChangeContext,
  member: MemberRow | undefined,
  code: ExtensionCodeRow,
): Promise<ExtensionSession | undefined> {
  if (member?.status !== 'active') return undefined;
  const { sso_issuer, sso_subject, sso_sid } = code;
  const sso = { sso_issuer, sso_subject, sso_sid };
  const device = { kind: 'extension', name: code.device_name, sso } as const;
  return { session: await startSession(context, member.id, device), member };
}

/** Ends the extension's session of this token; one that has ended stays so. @see RFC 7009 */
export async function revokeExtensionToken(deps: ChangeDeps, token: string, origin: Origin): Promise<void> {
  const session = await findSession(deps.db, hashToken(token), deps.now());
  if (session?.kind !== 'extension') return;
  const { org_id: orgId, member_id: memberId, id } = session;
  const asked: AskedInOrg = { ...origin, orgId, actor: { kind: 'member', id: memberId } };
  await inChange(deps, asked, (context) => endSessionOf(context, memberId, id));
}
