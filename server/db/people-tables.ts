// The shape of the tables by which people get in and run the directory, for Kysely. Knows columns, no SQL.
import type { Generated } from 'kysely';
import type { MemberRole } from '../../shared/member.ts';

/** A signed-in browser or extension, by the hash of its token. */
export interface SessionTable {
  org_id: string;
  member_id: string;
  /** For people to point at; the hash is not shown. */
  id: string;
  kind: 'browser' | 'extension';
  hash: string;
  name: string;
  created_at: number;
  last_used_at: number | null;
  expires_at: number;
  /** By whose word the person came in; null for whoever proved a mailbox. */
  sso_issuer: string | null;
  sso_subject: string | null;
  /** The identity provider's own session, where it names one. */
  sso_sid: string | null;
  /** What shows the identity provider whom to sign out; only with a browser's session. */
  sso_id_token_sealed: string | null;
}

/** Somebody who is proving that a mailbox is theirs. Of no org: an address may belong to several, or to none. */
export interface SignInTable {
  id: string;
  purpose: 'sign_in' | 'sign_up' | 'owner_link';
  /** The org that somebody wants to join by its sign-up link, or whose owner the link is for. */
  org_id: string | null;
  /** As it was typed, folded: what the throttle counts by. */
  email_norm: string;
  /** The mailbox that is proven: where the mail went. Of addresses that fold alike it is one. */
  mailbox: string;
  name: string | null;
  /** The browser that asked, by the hash of its cookie. */
  browser_hash: string;
  link_hash: string | null;
  code_hash: string | null;
  /** Wrong codes so far. */
  attempts: number;
  /** The local path to go on to. */
  continue_to: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

/** The single-use code that the extension trades for its session. @see RFC 6749 §4.1, RFC 7636 */
export interface ExtensionCodeTable {
  hash: string;
  org_id: string;
  member_id: string;
  redirect_uri: string;
  challenge: string;
  device_name: string;
  expires_at: number;
  used_at: number | null;
  /** The session that it became, to be ended when the code is used again. */
  session_id: string | null;
  /** Those of the browser's session, which the extension's ends with. */
  sso_issuer: string | null;
  sso_subject: string | null;
  sso_sid: string | null;
}

/** A domain that an org claims, and whether DNS says so. */
export interface OrgDomainTable {
  org_id: string;
  domain: string;
  challenge: string;
  created_at: number;
  verified_at: number | null;
  checked_at: number | null;
  failing_since: number | null;
}

/** A way in for one member; pending while `ended_at` is null. */
export interface InvitationTable {
  org_id: string;
  id: string;
  member_id: string;
  hash: string;
  by_kind: 'connection' | 'member' | 'operator' | 'server';
  by_id: string;
  created_at: number;
  expires_at: number;
  sent_at: number;
  sent_count: number;
  ended_at: number | null;
  ended: 'accepted' | 'revoked' | 'expired' | 'access_ended' | null;
}

/** One reminder of a pending invitation. */
export interface NudgeTable {
  org_id: string;
  id: string;
  member_id: string;
  invitation_id: string;
  /** Of the link in this mail, which opens the same invitation; null once a new link has taken the place of all before. */
  hash: string | null;
  automatic: number;
  at: number;
}

/** A mail on its way. What it says is sealed, because links in it open doors, and gone once it has been sent. */
export interface OutboxTable {
  seq: Generated<number>;
  org_id: string | null;
  id: string;
  kind: string;
  member_id: string | null;
  recipient: string;
  /** `sending` is a lease until `next_at`; `dead` waits for a person; `dropped` was never to be sent. */
  state: 'waiting' | 'sending' | 'sent' | 'dead' | 'dropped';
  sealed: string | null;
  attempts: number;
  next_at: number;
  created_at: number;
  ended_at: number | null;
  last_error: string | null;
}

/** The role that a group gives its members; the lowest priority number wins. */
export interface RoleMappingTable {
  org_id: string;
  group_id: string;
  role: MemberRole;
  priority: number;
}

/** A mass removal that waits for an admin; open while `ended_at` is null. */
export interface HoldTable {
  org_id: string;
  id: string;
  connection_id: string;
  opened_at: number;
  ended_at: number | null;
  ended: 'approved' | 'restored' | null;
}

/** Something that a connection took away lately: counted for the safeguard, and undone by it. */
export interface DepartureTable {
  seq: Generated<number>;
  org_id: string;
  connection_id: string;
  kind: 'deactivated' | 'removed' | 'role_lost' | 'group_removed';
  subject_id: string;
  at: number;
  /** What it takes to undo it, as JSON; null where the subject itself tells. */
  was: string | null;
  hold_id: string | null;
  /** So many more departures cannot open a hold: until then none is counted. */
  count_in: number;
}
