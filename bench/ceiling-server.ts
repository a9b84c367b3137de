// The ceiling: what a server on these tables could do at best that validates nothing, records nothing and knows no SCIM.
// Fastify, the check of one token, and hand-written prepared statements. A program of its own; see subject.ts.
import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import Sqlite from 'better-sqlite3';
import Fastify from 'fastify';
import pg from 'pg';
import { newId } from '../server/core/secrets.ts';
import type { Tenant } from './directory.ts';
import type { Person } from './people.ts';

const tenant = JSON.parse(process.env.BENCH_TENANT ?? '{}') as Tenant;
const database = process.env.BENCH_DATABASE ?? '';
const { orgId, connectionId } = tenant;

interface Store {
  create(person: Person): string | undefined | Promise<string | undefined>;
  find?(column: string, value: string): unknown;
  membersOf?(groupId: string): Iterable<string>;
}

/** The values of the five statements, in the order of their parameters. */
function rowsOf(person: Person) {
  const { schemas: _schemas, active: _active, ...stored } = person;
  const [id, now] = [newId(), Date.now()];
  const [userName, email] = [person.userName.toLowerCase(), person.emails[0].value.toLowerCase()];
  return {
    id,
    unique: [orgId, userName, email],
    member: [
      orgId,
      id,
      connectionId,
      person.userName,
      userName,
      person.externalId,
      person.displayName.toLowerCase(),
      person.emails[0].value,
      email,
      JSON.stringify(stored),
      now,
      now,
    ],
    email: [orgId, email, id],
    audit: [orgId, now, connectionId, id, JSON.stringify({ userName: [null, person.userName] }), newId()],
    tally: [orgId, connectionId],
  };
}

const sqlFor = (p: (position: number) => string) => ({
  unique: `select id from members where org_id = ${p(1)} and (user_name_norm = ${p(2)} or email_norm = ${p(3)})`,
  member: `insert into members (org_id, id, connection_id, user_name, user_name_norm, external_id, display_name_norm,
    email, email_norm, attributes, created_at, updated_at, role, active, status, version)
    values (${[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(p).join(', ')}, 'member', 1, 'not_invited', 1)`,
  email: `insert into member_emails (org_id, email_norm, member_id) values (${[1, 2, 3].map(p).join(', ')})`,
  audit: `insert into audit (org_id, at, actor_kind, actor_id, action, subject_kind, subject_id, changes, request_id)
    values (${p(1)}, ${p(2)}, 'connection', ${p(3)}, 'member.added', 'member', ${p(4)}, ${p(5)}, ${p(6)})`,
  tally: `insert into member_tally (org_id, connection_id, status, bucket, n)
    values (${p(1)}, ${p(2)}, 'not_invited', 0, 1)
    on conflict (org_id, connection_id, status, bucket) do update set n = member_tally.n + 1`,
});

function sqliteStore(): Store {
  const sqlite = new Sqlite(database);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('cache_size = -32768');
  sqlite.pragma('wal_autocheckpoint = 4000');
  sqlite.pragma('temp_store = MEMORY');
  // The counter is the fifth statement; the server's own trigger would be a sixth.
  sqlite.exec('drop trigger if exists members_added');
  const sql = sqlFor(() => '?');
  const [unique, member, email, audit, tally] = [sql.unique, sql.member, sql.email, sql.audit, sql.tally].map(
    (text) => sqlite.prepare(text),
  ) as [Sqlite.Statement, Sqlite.Statement, Sqlite.Statement, Sqlite.Statement, Sqlite.Statement];
  const create = sqlite.transaction((person: Person) => {
    const rows = rowsOf(person);
    if (unique.get(rows.unique) !== undefined) return undefined;
    member.run(rows.member);
    email.run(rows.email);
    audit.run(rows.audit);
    tally.run(rows.tally);
    return rows.id;
  });
  const by = (column: string) => sqlite.prepare(`select * from members where org_id = ? and ${column} = ?`);
  const finders: Readonly<Record<string, Sqlite.Statement>> = {
    id: by('id'),
    userName: by('user_name_norm'),
    externalId: by('external_id'),
    displayName: by('display_name_norm'),
    'emails.value': sqlite.prepare(
      `select m.* from member_emails e join members m on m.org_id = e.org_id and m.id = e.member_id
       where e.org_id = ? and e.email_norm = ?`,
    ),
  };
  const membersOf = sqlite.prepare(
    `select g.member_id as value, m.user_name as display from group_members g
     join members m on m.org_id = g.org_id and m.id = g.member_id
     where g.org_id = ? and g.group_id = ? and g.member_id > ? order by g.member_id limit 1000`,
  );
  return {
    create: create.immediate,
    find: (column, value) => finders[column]?.get(orgId, value),
    *membersOf(groupId) {
      let after = '';
      for (;;) {
        const rows = membersOf.all(orgId, groupId, after) as { value: string }[];
        if (rows.length === 0) return;
        yield JSON.stringify(rows).slice(1, -1);
        after = rows.at(-1)?.value ?? '';
      }
    },
  };
}

function postgresStore(): Store {
  const pool = new pg.Pool({ connectionString: database, max: 20 });
  const sql = sqlFor((position) => `$${position}`);
  return {
    async create(person) {
      const rows = rowsOf(person);
      const client = await pool.connect();
      const run = (name: keyof typeof sql) => client.query({ name, text: sql[name], values: rows[name] });
      try {
        await client.query('begin');
        const taken = (await run('unique')).rows.length > 0;
        if (!taken) for (const name of ['member', 'email', 'audit', 'tally'] as const) await run(name);
        await client.query('commit');
        return taken ? undefined : rows.id;
      } finally {
        client.release();
      }
    },
  };
}

const store = database.startsWith('postgres:') ? postgresStore() : sqliteStore();
const app = Fastify();
const expected = sha256(tenant.token);
app.addHook('onRequest', async (request, reply) => {
  if (request.url.startsWith('/health/')) return;
  const given = sha256((request.headers.authorization ?? '').slice('Bearer '.length));
  if (!timingSafeEqual(given, expected)) return reply.code(401).send();
});
app.addContentTypeParser(
  'application/scim+json',
  { parseAs: 'string' },
  app.getDefaultJsonParser('error', 'error'),
);
app.get('/health/live', async () => ({ status: 'live' }));
app.post('/Users', async (request, reply) => {
  const person = request.body as Person;
  const id = await store.create(person);
  return id === undefined ? reply.code(409).send() : reply.code(201).send({ id, ...person });
});
app.get('/Users/:id', async (request) => store.find?.('id', (request.params as { id: string }).id));
app.get('/Users', async (request) => {
  const { filter = '' } = request.query as { filter?: string };
  const [, attribute = '', value = ''] = /^(\S+) eq "(.*)"$/.exec(filter) ?? [];
  const key = attribute === 'externalId' ? value : value.toLowerCase();
  return { totalResults: 1, Resources: [store.find?.(attribute, key)] };
});
app.get('/Groups/:id', async (request, reply) =>
  reply.type('application/json').send(Readable.from(groupText((request.params as { id: string }).id))),
);

function* groupText(id: string): Generator<string> {
  let opening = '{"members":[';
  for (const members of store.membersOf?.(id) ?? []) {
    yield opening + members;
    opening = ',';
  }
  yield ']}';
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.once('SIGTERM', () => process.exit(0));
