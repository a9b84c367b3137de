// Migration 2: what people need to run the directory: sign-in, invitations, mail, search, roles by group, domains,
// removals that can be taken back, and an audit log that refuses to be rewritten. Frozen once released.
import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';
import { makeSearchable } from './make-searchable.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const ordered = <T extends string>(name: T): CreateTableBuilder<T, 'seq'> => {
    const table = db.schema.createTable(name);
    return postgres
      ? table.addColumn('seq', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
      : table.addColumn('seq', 'integer', (c) => c.notNull().primaryKey().autoIncrement());
  };
  const keyOnly = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    postgres ? table : table.modifyEnd(sql`without rowid`);
  const index = (name: string, table: string, columns: string[]) =>
    db.schema.createIndex(name).on(table).columns(columns);
  const partialIndex = (name: string, on: string, where: string, unique = '') =>
    sql.raw(`create ${unique} index ${name} on ${on} where ${where}`).execute(db);

  await db.schema
    .alterTable('orgs')
    .addColumn('settings', 'text', (c) => c.notNull().defaultTo('{}'))
    .execute();
  await db.schema
    .alterTable('orgs')
    .addColumn('settings_version', 'integer', (c) => c.notNull().defaultTo(1))
    .execute();
  await db.schema.alterTable('orgs').addColumn('sign_up_hash', 'text').execute();
  await db.schema.alterTable('orgs').addColumn('sign_up_sealed', 'text').execute();
  await partialIndex('orgs_by_sign_up', 'orgs (sign_up_hash)', 'sign_up_hash is not null', 'unique');

  const addMemberColumn = (name: string, type: 'text' | 'bigint') =>
    db.schema.alterTable('members').addColumn(name, type).execute();
  await addMemberColumn('waiting_since', 'bigint');
  await addMemberColumn('blocked_reason', 'text');
  await addMemberColumn('mail_failure', 'text');
  await addMemberColumn('reminders_off_at', 'bigint');
  await db.schema
    .alterTable('members')
    .addColumn('role_by_hand', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema
    .alterTable('members')
    .addColumn('search_text', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await sql`update members set role_by_hand = 1 where role <> 'member'`.execute(db);
  // The name rides along, so that a status is sorted by name out of the index alone.
  await index('members_by_status', 'members', ['org_id', 'status', 'seq', 'display_name_norm']).execute();
  await index('members_by_change', 'members', ['org_id', 'status', 'updated_at', 'seq']).execute();
  await partialIndex('members_staff', 'members (org_id, role, seq)', "role <> 'member'");
  await partialIndex('members_waiting', 'members (org_id, waiting_since, seq)', 'waiting_since is not null');

  await keyOnly(
    db.schema
      .createTable('member_terms')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('term', postgres ? sql`text collate "C"` : 'text', (c) => c.notNull())
      .addColumn('member_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('member_terms_pk', ['org_id', 'term', 'member_id']),
  ).execute();

  const addSessionColumn = (name: string, type: 'text' | 'bigint') =>
    db.schema.alterTable('sessions').addColumn(name, type).execute();
  await addSessionColumn('id', 'text');
  await addSessionColumn('kind', 'text');
  await addSessionColumn('last_used_at', 'bigint');
  await sql`update sessions set id = hash, kind = 'browser'`.execute(db);
  await index('sessions_by_expiry', 'sessions', ['expires_at']).execute();

  await db.schema
    .createTable('sign_ins')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('purpose', 'text', (c) => c.notNull())
    .addColumn('org_id', 'text')
    .addColumn('email_norm', 'text', (c) => c.notNull())
    .addColumn('mailbox', 'text', (c) => c.notNull())
    .addColumn('name', 'text')
    .addColumn('browser_hash', 'text', (c) => c.notNull().unique())
    .addColumn('link_hash', 'text', (c) => c.unique())
    .addColumn('code_hash', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('continue_to', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .execute();
  await index('sign_ins_by_expiry', 'sign_ins', ['expires_at']).execute();
  await index('sign_ins_by_address', 'sign_ins', ['email_norm', 'created_at']).execute();

  await db.schema
    .createTable('extension_codes')
    .addColumn('hash', 'text', (c) => c.notNull().primaryKey())
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('redirect_uri', 'text', (c) => c.notNull())
    .addColumn('challenge', 'text', (c) => c.notNull())
    .addColumn('device_name', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('used_at', 'bigint')
    .addColumn('session_id', 'text')
    .execute();
  await index('extension_codes_by_member', 'extension_codes', ['org_id', 'member_id']).execute();
  await index('extension_codes_by_expiry', 'extension_codes', ['expires_at']).execute();

  await db.schema
    .createTable('org_domains')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('domain', 'text', (c) => c.notNull())
    .addColumn('challenge', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('verified_at', 'bigint')
    .addColumn('checked_at', 'bigint')
    .addColumn('failing_since', 'bigint')
    .addPrimaryKeyConstraint('org_domains_pk', ['org_id', 'domain'])
    .execute();
  await partialIndex('org_domains_verified', 'org_domains (domain)', 'verified_at is not null', 'unique');

  await db.schema
    .createTable('invitations')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('by_kind', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addColumn('sent_at', 'bigint', (c) => c.notNull())
    .addColumn('sent_count', 'integer', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ended', 'text')
    .addPrimaryKeyConstraint('invitations_pk', ['org_id', 'id'])
    .execute();
  await index('invitations_by_member', 'invitations', ['org_id', 'member_id', 'created_at']).execute();
  await partialIndex('invitations_pending', 'invitations (org_id, member_id)', 'ended_at is null', 'unique');
  await partialIndex('invitations_by_age', 'invitations (org_id, created_at, id)', 'ended_at is null');
  await partialIndex('invitations_by_expiry', 'invitations (expires_at)', 'ended_at is null');
  await partialIndex('invitations_ended', 'invitations (org_id, ended_at)', 'ended_at is not null');

  await db.schema
    .createTable('nudges')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('invitation_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.unique())
    .addColumn('automatic', 'integer', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('nudges_pk', ['org_id', 'id'])
    .execute();
  await index('nudges_by_member', 'nudges', ['org_id', 'member_id', 'at']).execute();
  await index('nudges_by_day', 'nudges', ['org_id', 'at']).execute();

  await ordered('outbox')
    .addColumn('org_id', 'text')
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text')
    .addColumn('recipient', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('sealed', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull())
    .addColumn('next_at', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('last_error', 'text')
    .execute();
  await partialIndex('outbox_due', 'outbox (next_at)', "state in ('waiting', 'sending')");
  await index('outbox_by_org', 'outbox', ['org_id', 'seq']).execute();
  await index('outbox_by_state', 'outbox', ['org_id', 'state', 'seq']).execute();
  await index('outbox_by_member', 'outbox', ['org_id', 'member_id', 'seq']).execute();

  await keyOnly(
    db.schema
      .createTable('role_mappings')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('group_id', 'text', (c) => c.notNull())
      .addColumn('role', 'text', (c) => c.notNull())
      .addColumn('priority', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('role_mappings_pk', ['org_id', 'group_id']),
  ).execute();

  await db.schema.alterTable('tombstones').addColumn('document', 'text').execute();
  await partialIndex('tombstones_to_erase', 'tombstones (org_id, removed_at, id)', 'document is not null');

  await db.schema
    .createTable('holds')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('ended', 'text')
    .addPrimaryKeyConstraint('holds_pk', ['org_id', 'id'])
    .execute();
  await partialIndex('holds_open', 'holds (org_id, connection_id)', 'ended_at is null', 'unique');

  await ordered('departures')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('was', 'text')
    .addColumn('hold_id', 'text')
    .addColumn('count_in', 'integer', (c) => c.notNull())
    .execute();
  await index('departures_by_time', 'departures', ['org_id', 'connection_id', 'at', 'seq']).execute();
  await partialIndex('departures_held', 'departures (org_id, hold_id, seq)', 'hold_id is not null');
  await index('departures_by_subject', 'departures', ['org_id', 'subject_id']).execute();

  await index('events_in_order', 'events', ['org_id', 'seq']).execute();
  await keyOnly(
    db.schema
      .createTable('member_events')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('member_id', 'text', (c) => c.notNull())
      .addColumn('seq', 'bigint', (c) => c.notNull())
      .addColumn('joined', 'integer', (c) => c.notNull())
      .addPrimaryKeyConstraint('member_events_pk', ['org_id', 'member_id', 'seq']),
  ).execute();
  await index('member_events_by_event', 'member_events', ['org_id', 'seq']).execute();
  for (const [list, joined] of [
    ['added', 1],
    ['removed', 0],
  ] as const) {
    const named = postgres
      ? sql`jsonb_array_elements_text(e.data::jsonb -> ${sql.lit(list)})`
      : sql`json_each(e.data, ${sql.lit(`$.${list}`)})`;
    await sql`insert into member_events (org_id, member_id, seq, joined)
      select e.org_id, named.value, e.seq, ${sql.lit(joined)} from events as e, ${named} as named
      where e.type = 'group.members_changed'`.execute(db);
  }
  await db.schema.alterTable('audit').addColumn('came_from', 'text').execute();
  await index('audit_by_subject', 'audit', ['org_id', 'subject_id', 'seq']).execute();
  await db.schema
    .createTable('audit_horizon')
    .addColumn('org_id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('keep_from', 'bigint', (c) => c.notNull())
    .execute();
  for (const trigger of postgres ? postgresAppendOnly : sqliteAppendOnly) await sql.raw(trigger).execute(db);
  await makeSearchable(db);
}

/** An entry is never changed, and deleted only once it is older than the horizon that retention has set for its org. */
const sqliteAppendOnly = [
  `create trigger audit_unchanged before update on audit
     begin select raise(abort, 'the audit log is append-only'); end`,
  `create trigger audit_kept before delete on audit
     when not exists (select 1 from audit_horizon h where h.org_id = old.org_id and old.at < h.keep_from)
     begin select raise(abort, 'the audit log is append-only'); end`,
];

const postgresAppendOnly = [
  `create function refuse_audit_change() returns trigger language plpgsql as $$
   begin
     if tg_op = 'DELETE' and exists (select 1 from audit_horizon h where h.org_id = old.org_id and old.at < h.keep_from)
     then return old; end if;
     raise exception 'the audit log is append-only';
   end $$`,
  `create trigger audit_kept before update or delete on audit for each row execute function refuse_audit_change()`,
  `create trigger audit_not_emptied before truncate on audit execute function refuse_audit_change()`,
];
