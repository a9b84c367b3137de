// The shape of every table, for Kysely. Knows columns, no SQL. Times are Unix milliseconds, flags 0 or 1, on both databases.
import type { Generated } from 'kysely';
import type { MemberRole, MemberStatus } from '../../shared/member.ts';
import type { ConnectionKind, ConnectionMode } from '../../shared/provisioning.ts';
import type { AttributeSchemaTable } from './attribute-tables.ts';
import type {
  OauthAssertionTable,
  OauthClientTable,
  OauthCredentialTable,
  OauthTokenTable,
  ReaderGroupTable,
  ReaderTable,
  ReaderTokenTable,
} from './client-tables.ts';
import type {
  DepartureTable,
  ExtensionCodeTable,
  HoldTable,
  InvitationTable,
  NudgeTable,
  OrgDomainTable,
  OutboxTable,
  RoleMappingTable,
  SessionTable,
  SignInTable,
} from './people-tables.ts';
import type { SetupTables } from './setup-tables.ts';
import type { SsoTables } from './sso-tables.ts';
import type { WebhookAttemptTable, WebhookDeliveryTable, WebhookEndpointTable } from './webhook-tables.ts';

/** A tenant: one company's directory. */
export interface OrgTable {
  id: string;
  slug: string;
  name: string;
  created_at: number;
  /** What the org has decided about itself, as JSON: `shared/org-settings.ts`; what is missing is as it comes. */
  settings: Generated<string>;
  settings_version: Generated<number>;
  /** The sign-up link's token: hashed to be found, sealed to be shown; null while the link is off. */
  sign_up_hash: Generated<string | null>;
  sign_up_sealed: Generated<string | null>;
}

/** One identity provider's provisioning link into one org. */
export interface ConnectionTable {
  org_id: string;
  id: string;
  kind: ConnectionKind;
  mode: ConnectionMode;
  name: string;
  created_at: number;
}

/** A bearer token of a connection: never the token, only its hash and what tells it apart for a person. */
export interface ConnectionTokenTable {
  org_id: string;
  id: string;
  connection_id: string;
  hash: string;
  last4: string;
  created_at: number;
  expires_at: number | null;
  revoked_at: number | null;
  last_used_at: number | null;
}

/** A person in an org's directory. `attributes` is the SCIM resource as the identity provider wrote it, as JSON. */
export interface MemberTable {
  /** Creation order, the order of every list. */
  seq: Generated<number>;
  org_id: string;
  id: string;
  /** The connection that manages this member; null when nobody but the org does. */
  connection_id: string | null;
  user_name: string;
  user_name_norm: string;
  external_id: string | null;
  display_name_norm: string | null;
  /** The address that identifies the person and that mail goes to. */
  email: string | null;
  email_norm: string | null;
  role: MemberRole;
  /** Whether the role was given by hand: groups do not change it then. */
  role_by_hand: number;
  /** The directory's fact: SCIM `active`. */
  active: number;
  invited_at: number | null;
  joined_at: number | null;
  blocked_at: number | null;
  /** What the admin said when blocking. */
  blocked_reason: string | null;
  /** Since when this person has been waiting for a free seat; null for everybody who has one or needs none. */
  waiting_since: number | null;
  /** What the facts amount to, kept beside them for filters and counts. */
  status: MemberStatus;
  attributes: string;
  /** The words that this person is found by, folded for search and parted by spaces. */
  search_text: string;
  /** What the mail server last said when it refused a mail to this person; null while mail arrives. */
  mail_failure: Generated<string | null>;
  /** When this person asked for no more reminders. */
  reminders_off_at: Generated<number | null>;
  version: number;
  created_at: number;
  updated_at: number;
}

/** A word that a member is found by: from name, address or department. Sorted bytewise on both databases. */
export interface MemberTermTable {
  org_id: string;
  term: string;
  member_id: string;
}

/** Every e-mail address of every member, folded, so that matching by address never scans. */
export interface MemberEmailTable {
  org_id: string;
  member_id: string;
  email_norm: string;
}

/** How many members an org has by managing connection ('' for none), status and run of creation order. */
export interface MemberTallyTable {
  org_id: string;
  connection_id: string;
  status: MemberStatus;
  /** `seq` divided by the bucket size. */
  bucket: number;
  n: number;
}

export interface GroupTable {
  seq: Generated<number>;
  org_id: string;
  id: string;
  connection_id: string | null;
  display_name: string;
  display_name_norm: string;
  external_id: string | null;
  version: number;
  created_at: number;
  updated_at: number;
}

/** One membership: a member, or a nested group, in a group. */
export interface GroupMemberTable {
  org_id: string;
  group_id: string;
  member_id: string;
  kind: 'User' | 'Group';
}

/** What was removed. The document brings it back while it is there; once erased, only ids are left. */
export interface TombstoneTable {
  org_id: string;
  id: string;
  kind: 'User' | 'Group';
  connection_id: string | null;
  removed_at: number;
  document: string | null;
}

/** The ordered history, written in the transaction of the change itself. */
export interface EventTable {
  seq: Generated<number>;
  org_id: string;
  type: string;
  at: number;
  actor_kind: string;
  actor_id: string;
  subject_kind: string;
  subject_id: string;
  data: string;
}

/** Whom an event about a group put into it or took out of it: the way from a person (or a nested group) to the event. */
export interface MemberEventTable {
  org_id: string;
  member_id: string;
  seq: number;
  joined: number;
}

/** Who changed what, before and after, and in which request. */
export interface AuditTable {
  seq: Generated<number>;
  org_id: string;
  at: number;
  actor_kind: string;
  actor_id: string;
  action: string;
  subject_kind: string;
  subject_id: string;
  changes: string;
  request_id: string;
  /** The network address that asked, or "terminal"; null for what the server did by itself. */
  came_from: Generated<string | null>;
}

/** Up to when an org's audit entries may be deleted; without a row, none may. */
export interface AuditHorizonTable {
  org_id: string;
  keep_from: number;
}

/** One SCIM request as the server saw it, refused ones included. Never a token, never a password. */
export interface ProvisioningRecordTable {
  seq: Generated<number>;
  org_id: string;
  connection_id: string;
  request_id: string;
  at: number;
  method: string;
  /** The path with ids replaced by their kind: "/Users/{id}". */
  path: string;
  /** What was asked for, without values: "filter=userName eq ?&count=100". */
  query: string;
  status: number;
  scim_type: string | null;
  /** What became of the request: "created", "adopted", "refused: token revoked", … */
  outcome: string;
  detail: string | null;
  client: string;
  quirks: string;
  subject_kind: string | null;
  subject_id: string | null;
  changed: string;
  duration_us: number;
}

/** How many requests a connection sent in five minutes, kept beside the records. Times are 0 where there was none. */
export interface ProvisioningTallyTable {
  org_id: string;
  connection_id: string;
  /** When the five minutes begin. */
  stretch: number;
  requests: number;
  /** Changes that were accepted. */
  writes: number;
  /** Requests that were refused or failed. */
  errors: number;
  /** Requests that departed from the standard and were put up with. */
  tolerated: Generated<number>;
  /** What accepted changes took, from arrival to answer, in microseconds: all together, and the slowest. */
  write_us: Generated<number>;
  slowest_write_us: Generated<number>;
  last_at: number;
  last_accepted_at: number;
  last_write_at: number;
}

export interface Tables extends SetupTables, SsoTables {
  orgs: OrgTable;
  connections: ConnectionTable;
  connection_tokens: ConnectionTokenTable;
  members: MemberTable;
  member_emails: MemberEmailTable;
  member_terms: MemberTermTable;
  member_tally: MemberTallyTable;
  groups: GroupTable;
  group_members: GroupMemberTable;
  tombstones: TombstoneTable;
  sessions: SessionTable;
  sign_ins: SignInTable;
  extension_codes: ExtensionCodeTable;
  org_domains: OrgDomainTable;
  invitations: InvitationTable;
  nudges: NudgeTable;
  outbox: OutboxTable;
  role_mappings: RoleMappingTable;
  holds: HoldTable;
  departures: DepartureTable;
  events: EventTable;
  member_events: MemberEventTable;
  audit: AuditTable;
  audit_horizon: AuditHorizonTable;
  provisioning_records: ProvisioningRecordTable;
  provisioning_tally: ProvisioningTallyTable;
  oauth_clients: OauthClientTable;
  oauth_credentials: OauthCredentialTable;
  oauth_tokens: OauthTokenTable;
  oauth_assertions: OauthAssertionTable;
  readers: ReaderTable;
  reader_groups: ReaderGroupTable;
  reader_tokens: ReaderTokenTable;
  webhook_endpoints: WebhookEndpointTable;
  webhook_deliveries: WebhookDeliveryTable;
  webhook_attempts: WebhookAttemptTable;
  attribute_schemas: AttributeSchemaTable;
}
