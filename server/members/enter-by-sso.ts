// Lets somebody in by their identity provider's word: who may, what they become by it, and what is noted of it. Knows the
// lifecycle and the org's rules, no protocol and no page.
import { type ChangeContext, type ChangeDeps, inChange, type Origin } from '../audit/change-context.ts';
import type { OidcFailure } from '../auth/oidc-failure.ts';
import { addAttempt, listAttempts } from '../auth/sso-attempt-store.ts';
import type { SsoPerson } from '../auth/sso-person.ts';
import { type SsoReason, ssoRefusals } from '../auth/sso-refusal.ts';
import { findSso, noteSsoProven, type SsoRow } from '../auth/sso-store.ts';
import { type NewDevice, type StartedSession, startSession } from '../auth/start-session.ts';
import { domainOf } from '../orgs/domain-name.ts';
import { isVerifiedDomain } from '../orgs/domain-store.ts';
import { addNewcomer } from './add-newcomer.ts';
import { memberAttributes } from './change-member.ts';
import { type FoundMember, findSsoMember, linkSsoMember, mayBeKnown } from './find-sso-member.ts';
import { joinMember } from './join-member.ts';
import { memberName } from './member-identity.ts';
import type { NewMember } from './member-store.ts';

interface Entry extends Origin {
  /** As they were when the sign-in began. */
  readonly sso: SsoRow;
  readonly person: SsoPerson;
  readonly idTokenSealed: string;
  readonly device: Pick<NewDevice, 'kind' | 'name'>;
}

/** A session, or why there is none. */
export type Entered = { readonly session: StartedSession } | { readonly refused: SsoReason };

const actor = { kind: 'server', id: 'single-sign-on' } as const;

/**
 * Starts a session for whomever the identity provider speaks of; whoever was invited joins by it, and whoever was not, if
 * the org lets addresses of its domains join. What came of it stands among the org's attempts either way.
 * @throws AppError `database.busy`
 */
export function enterBySso(deps: ChangeDeps, { sso, ...entry }: Entry): Promise<Entered> {
  const { requestId, from, person } = entry;
  return inChange(deps, { orgId: sso.org_id, actor, requestId, from }, async (context) => {
    const current = await findSso(context.trx, context.orgId);
    if (current?.client_version !== sso.client_version) return { refused: 'settings_changed' };
    const found = await findSsoMember(context, person, current.kind);
    const outcome = 'refused' in found ? found : await decide(context, current, person, found);
    if ('refused' in outcome) {
      const { member, refused } = outcome;
      const who = member === undefined ? (person.address ?? `Subject ${person.subject}`) : nameOf(member);
      const sentence = ssoRefusals[refused].told(who, person.subject);
      await note(context, current, { outcome: 'refused', reason: refused, sentence, memberId: member?.id });
      return { refused };
    }
    return { session: await letIn(context, current, entry, outcome) };
  });
}

interface MayEnter {
  readonly member: NewMember;
  readonly link: Exclude<FoundMember, { refused: SsoReason }>['link'];
  readonly joined: boolean;
}

async function decide(
  context: ChangeContext,
  sso: SsoRow,
  person: SsoPerson,
  { member, link }: Exclude<FoundMember, { refused: SsoReason }>,
): Promise<MayEnter | { readonly refused: SsoReason; readonly member?: NewMember }> {
  switch (member?.status) {
    case 'active':
      return { member, link, joined: false };
    case 'blocked':
    case 'deactivated':
      return { refused: member.status, member };
    case 'not_invited':
      if (!(await mayJoin(context, sso, member.email))) return { refused: 'not_invited', member };
      break;
    case undefined:
      if (!(await mayJoin(context, sso, person.address))) return { refused: 'unknown' };
      if (await mayBeKnown(context, sso.kind)) return { refused: 'may_be_known' };
  }
  const known = member ?? (await addNewcomer(context, person.address ?? '', person.name));
  const joined = await joinMember(as(context, known.id), known, 'sign_in');
  if (joined.status !== 'active') return { refused: 'waits_for_seat', member: joined };
  return { member: joined, link, joined: true };
}

/** Whether the org lets somebody of this address join without an invitation. */
async function mayJoin({ trx, orgId }: ChangeContext, sso: SsoRow, address: string | null): Promise<boolean> {
  if (sso.joining !== 'verified_domains' || address === null) return false;
  return isVerifiedDomain(trx, orgId, domainOf(address));
}

async function letIn(
  context: ChangeContext,
  sso: SsoRow,
  { person, device, idTokenSealed }: Omit<Entry, 'sso'>,
  { member, link, joined }: MayEnter,
): Promise<StartedSession> {
  const themselves = as(context, member.id);
  await linkSsoMember(themselves, member.id, { person, sso, link });
  const { issuer, subject, sid } = person;
  const session = await startSession(themselves, member.id, {
    ...device,
    sso: {
      sso_issuer: issuer,
      sso_subject: subject,
      sso_sid: sid,
      sso_id_token_sealed: idTokenSealed,
    },
  });
  await noteSsoProven(context.trx, context.orgId, sso.client_version, context.now);
  const name = nameOf(member);
  await note(context, sso, {
    outcome: joined ? 'joined' : 'signed_in',
    reason: null,
    sentence: joined ? `${name} joined by signing in.` : `${name} signed in.`,
    memberId: member.id,
  });
  return session;
}

/** How long the same failure is the same news, in milliseconds: whoever tries again and again fills no list. */
const sameNewsMs = 60_000;

/** Notes that the identity provider gave no answer, or one that spoke of nobody. */
export function noteSsoFailure(
  deps: ChangeDeps,
  sso: SsoRow,
  { reason, seen, explained }: OidcFailure,
  origin: Origin,
): Promise<void> {
  const sentence = explained ?? ssoRefusals[reason].told('Somebody', seen);
  return inChange(deps, { orgId: sso.org_id, actor, ...origin }, async (context) => {
    const [latest] = await listAttempts(context.trx, context.orgId);
    if (latest?.sentence === sentence && context.now - latest.at < sameNewsMs) return;
    await note(context, sso, { outcome: 'failed', reason, sentence, memberId: undefined });
  });
}

function note(
  { trx, orgId, now }: ChangeContext,
  sso: SsoRow,
  {
    outcome,
    reason,
    sentence,
    memberId,
  }: {
    outcome: 'signed_in' | 'joined' | 'refused' | 'failed';
    reason: SsoReason | null;
    sentence: string;
    memberId: string | undefined;
  },
): Promise<void> {
  return addAttempt(trx, {
    org_id: orgId,
    at: now,
    outcome,
    reason,
    sentence,
    member_id: memberId ?? null,
    client_version: sso.client_version,
  });
}

function as(context: ChangeContext, memberId: string): ChangeContext {
  return { ...context, actor: { kind: 'member', id: memberId } };
}

function nameOf(member: NewMember): string {
  return memberName(memberAttributes(member));
}
