// Migration 1: orgs, connections, members, groups, history and provisioning records. Frozen once released.
import { type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;

  /** A table in creation order: the sequence number is the row's address on SQLite and a plain key on PostgreSQL. */
  const ordered = <T extends string>(name: T): CreateTableBuilder<T, 'seq'> => {
    const table = db.schema.createTable(name);
    return postgres
      ? table.addColumn('seq', 'bigint', (c) => c.generatedAlwaysAsIdentity().primaryKey())
      : table.addColumn('seq', 'integer', (c) => c.notNull().primaryKey().autoIncrement());
  };
  /** A table that is its own primary key: on SQLite without a second copy in a row store. */
  const keyOnly = <T extends string, C extends string>(table: CreateTableBuilder<T, C>) =>
    postgres ? table : table.modifyEnd(sql`without rowid`);

  await db.schema
    .createTable('orgs')
    .addColumn('id', 'text', (c) => c.notNull().primaryKey())
    .addColumn('slug', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .execute();

  await db.schema
    .createTable('connections')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('mode', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('connections_pk', ['org_id', 'id'])
    .execute();

  await db.schema
    .createTable('connection_tokens')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('last4', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint')
    .addColumn('revoked_at', 'bigint')
    .addColumn('last_used_at', 'bigint')
    .addPrimaryKeyConstraint('connection_tokens_pk', ['org_id', 'id'])
    .execute();
  await db.schema
    .createIndex('connection_tokens_by_connection')
    .on('connection_tokens')
    .column('connection_id')
    .execute();

  await ordered('members')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text')
    .addColumn('user_name', 'text', (c) => c.notNull())
    .addColumn('user_name_norm', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text')
    .addColumn('display_name_norm', 'text')
    .addColumn('email', 'text')
    .addColumn('email_norm', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull())
    .addColumn('invited_at', 'bigint')
    .addColumn('joined_at', 'bigint')
    .addColumn('blocked_at', 'bigint')
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('attributes', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  const memberIndex = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('members').columns(columns);
  await memberIndex('members_by_id', ['org_id', 'id']).unique().execute();
  await memberIndex('members_by_user_name', ['org_id', 'user_name_norm']).unique().execute();
  await memberIndex('members_by_email', ['org_id', 'email_norm']).unique().execute();
  await memberIndex('members_by_external_id', ['org_id', 'external_id']).execute();
  await memberIndex('members_by_display_name', ['org_id', 'display_name_norm']).execute();
  await memberIndex('members_in_order', ['org_id', 'seq', 'connection_id']).execute();
  await sql`create index members_owners on members (org_id, id) where role = 'owner'`.execute(db);

  await keyOnly(
    db.schema
      .createTable('member_emails')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('email_norm', 'text', (c) => c.notNull())
      .addColumn('member_id', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('member_emails_pk', ['org_id', 'email_norm', 'member_id']),
  ).execute();
  await db.schema
    .createIndex('member_emails_by_member')
    .on('member_emails')
    .columns(['org_id', 'member_id'])
    .execute();

  await keyOnly(
    db.schema
      .createTable('member_tally')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('connection_id', 'text', (c) => c.notNull())
      .addColumn('status', 'text', (c) => c.notNull())
      .addColumn('bucket', 'bigint', (c) => c.notNull())
      .addColumn('n', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('member_tally_pk', ['org_id', 'connection_id', 'status', 'bucket']),
  ).execute();
  for (const trigger of postgres ? postgresTally : sqliteTally) await sql.raw(trigger).execute(db);

  await ordered('groups')
    .addColumn('org_id', 'text', (c) => c.notNull().references('orgs.id'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text')
    .addColumn('display_name', 'text', (c) => c.notNull())
    .addColumn('display_name_norm', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text')
    .addColumn('version', 'integer', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'bigint', (c) => c.notNull())
    .execute();
  const groupIndex = (name: string, columns: string[]) =>
    db.schema.createIndex(name).on('groups').columns(columns);
  await groupIndex('groups_by_id', ['org_id', 'id']).unique().execute();
  await groupIndex('groups_by_display_name', ['org_id', 'display_name_norm']).unique().execute();
  await groupIndex('groups_by_external_id', ['org_id', 'external_id']).execute();
  await groupIndex('groups_in_order', ['org_id', 'seq', 'connection_id']).execute();

  await keyOnly(
    db.schema
      .createTable('group_members')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('group_id', 'text', (c) => c.notNull())
      .addColumn('member_id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addPrimaryKeyConstraint('group_members_pk', ['org_id', 'group_id', 'member_id']),
  ).execute();
  await db.schema
    .createIndex('group_members_by_member')
    .on('group_members')
    .columns(['org_id', 'member_id'])
    .execute();

  await keyOnly(
    db.schema
      .createTable('tombstones')
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('id', 'text', (c) => c.notNull())
      .addColumn('kind', 'text', (c) => c.notNull())
      .addColumn('connection_id', 'text')
      .addColumn('removed_at', 'bigint', (c) => c.notNull())
      .addPrimaryKeyConstraint('tombstones_pk', ['org_id', 'id']),
  ).execute();

  await db.schema
    .createTable('sessions')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('member_id', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('created_at', 'bigint', (c) => c.notNull())
    .addColumn('expires_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('sessions_pk', ['org_id', 'member_id', 'hash'])
    .execute();

  await ordered('events')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('type', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('subject_kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('events_by_subject')
    .on('events')
    .columns(['org_id', 'subject_id', 'seq'])
    .execute();

  await ordered('audit')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('actor_kind', 'text', (c) => c.notNull())
    .addColumn('actor_id', 'text', (c) => c.notNull())
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject_kind', 'text', (c) => c.notNull())
    .addColumn('subject_id', 'text', (c) => c.notNull())
    .addColumn('changes', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .execute();
  await db.schema.createIndex('audit_in_order').on('audit').columns(['org_id', 'seq']).execute();

  await ordered('provisioning_records')
    .addColumn('org_id', 'text', (c) => c.notNull())
    .addColumn('connection_id', 'text', (c) => c.notNull())
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addColumn('method', 'text', (c) => c.notNull())
    .addColumn('path', 'text', (c) => c.notNull())
    .addColumn('query', 'text', (c) => c.notNull())
    .addColumn('status', 'integer', (c) => c.notNull())
    .addColumn('scim_type', 'text')
    .addColumn('outcome', 'text', (c) => c.notNull())
    .addColumn('detail', 'text')
    .addColumn('client', 'text', (c) => c.notNull())
    .addColumn('quirks', 'text', (c) => c.notNull())
    .addColumn('subject_kind', 'text')
    .addColumn('subject_id', 'text')
    .addColumn('changed', 'text', (c) => c.notNull())
    .addColumn('duration_us', 'integer', (c) => c.notNull())
    .execute();
  await db.schema
    .createIndex('provisioning_records_in_order')
    .on('provisioning_records')
    .columns(['org_id', 'connection_id', 'seq'])
    .execute();

  if (postgres) await sql.raw(postgresFoldCase).execute(db);
}

/**
 * The tally is kept by the database itself, so that no writer can forget it. A bucket is a run of 4,096 sequence
 * numbers: deep pages find their first row by adding up buckets instead of stepping over rows.
 */
const bucket = (row: 'old' | 'new') => `${row}.seq / 4096`;
const count = (row: 'old' | 'new', by: string) =>
  `insert into member_tally (org_id, connection_id, status, bucket, n)
   values (${row}.org_id, coalesce(${row}.connection_id, ''), ${row}.status, ${bucket(row)}, ${by})
   on conflict (org_id, connection_id, status, bucket) do update set n = member_tally.n + ${by};`;

const sqliteTally = [
  `create trigger members_added after insert on members begin ${count('new', '1')} end`,
  `create trigger members_removed after delete on members begin ${count('old', '-1')} end`,
  `create trigger members_moved after update of status, connection_id on members
     when old.status is not new.status or old.connection_id is not new.connection_id
     begin ${count('old', '-1')} ${count('new', '1')} end`,
];

/** Deferred to the commit: the busiest counter is locked for no longer than the commit takes. */
const postgresTally = [
  `create function count_member() returns trigger language plpgsql as $$
   begin
     if tg_op <> 'INSERT' then ${count('old', '-1')} end if;
     if tg_op <> 'DELETE' then ${count('new', '1')} end if;
     return null;
   end $$`,
  `create constraint trigger members_added after insert or delete on members
     deferrable initially deferred for each row execute function count_member()`,
  `create constraint trigger members_moved after update on members
     deferrable initially deferred for each row
     when (old.status is distinct from new.status or old.connection_id is distinct from new.connection_id)
     execute function count_member()`,
];

/** The same folding as the server's own, with the best Unicode rules that this PostgreSQL has. */
const postgresFoldCase = `
  do $$
  declare collation_name text;
  begin
    select collname into collation_name from pg_collation
      where collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8')
      order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8'], collname::text) limit 1;
    execute format(
      'create function fold_case(value text) returns text language sql immutable parallel safe as
       %L', format(
      'select normalize(replace(lower(replace(normalize(value, NFC), U&''\\0130'', ''i'') collate %I), U&''\\03C2'', U&''\\03C3''), NFC)',
      coalesce(collation_name, 'default')));
  end $$`;
