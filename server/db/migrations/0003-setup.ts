// Migration 3: what a set-up is followed by: what was proven, what was ticked by hand, where the console has the app, what
// was found wrong. Frozen once released.
import type { Kysely } from 'kysely';
import { tallyRequests } from './tally-requests.ts';

export async function up(db: Kysely<unknown>): Promise<void> {
  /** A table of what is known of a connection's set-up: it goes when the connection goes. */
  const ofConnection = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('org_id', 'text', (c) => c.notNull())
      .addColumn('connection_id', 'text', (c) => c.notNull())
      .addForeignKeyConstraint(
        `${name}_fk`,
        ['org_id', 'connection_id'],
        'connections',
        ['org_id', 'id'],
        (key) => key.onDelete('cascade'),
      );

  await ofConnection('checklist_evidence')
    .addColumn('read_to', 'bigint', (c) => c.notNull())
    .addColumn('evidence', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('checklist_evidence_pk', ['org_id', 'connection_id'])
    .execute();

  await ofConnection('checklist_ticks')
    .addColumn('step_id', 'text', (c) => c.notNull())
    .addColumn('by_kind', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull())
    .addColumn('at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('checklist_ticks_pk', ['org_id', 'connection_id', 'step_id'])
    .execute();

  await ofConnection('checklist_consoles')
    .addColumn('ids', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('checklist_consoles_pk', ['org_id', 'connection_id'])
    .execute();

  await ofConnection('findings')
    .addColumn('rule', 'text', (c) => c.notNull())
    .addColumn('severity', 'text', (c) => c.notNull())
    .addColumn('seen', 'text', (c) => c.notNull())
    .addColumn('first_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('last_seen_at', 'bigint', (c) => c.notNull())
    .addColumn('opened_at', 'bigint', (c) => c.notNull())
    .addColumn('returns', 'integer', (c) => c.notNull())
    .addColumn('quiet_since', 'bigint')
    .addColumn('cleared_at', 'bigint')
    .addColumn('put_aside', 'text')
    .addPrimaryKeyConstraint('findings_pk', ['org_id', 'connection_id', 'rule'])
    .execute();

  await ofConnection('finding_looks')
    .addColumn('looked_at', 'bigint', (c) => c.notNull())
    .addColumn('record_seq', 'bigint', (c) => c.notNull())
    .addColumn('event_seq', 'bigint', (c) => c.notNull())
    .addColumn('next_look_at', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('finding_looks_pk', ['org_id', 'connection_id'])
    .execute();
  await db.schema.createIndex('finding_looks_by_time').on('finding_looks').column('next_look_at').execute();

  await tallyRequests(db);
}
