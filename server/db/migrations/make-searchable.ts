// A step of migration 2: the words that people are found by, for those who are there already. Frozen once released.
import { type Kysely, sql } from 'kysely';

interface Searchable {
  readonly seq: number;
  readonly org_id: string;
  readonly id: string;
  readonly user_name: string;
  readonly email: string | null;
  readonly attributes: string;
}

/** Gives the people who are there already the words that they are found by, as the server of this version does. */
export async function makeSearchable(db: Kysely<unknown>): Promise<void> {
  for (let after = -1; ; ) {
    const { rows } = await sql<Searchable>`
      select seq, org_id, id, user_name, email, attributes from members where seq > ${after} order by seq limit 1000
    `.execute(db);
    for (const row of rows) {
      const { text, terms } = searchWords(row);
      await sql`update members set search_text = ${text} where seq = ${row.seq}`.execute(db);
      for (const term of terms)
        await sql`insert into member_terms (org_id, term, member_id) values (${row.org_id}, ${term}, ${row.id})`.execute(
          db,
        );
    }
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}

function searchWords({ user_name, email, attributes }: Searchable): {
  text: string;
  terms: readonly string[];
} {
  const { displayName, name, ...rest } = JSON.parse(attributes);
  const department = rest['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User']?.department;
  const texts = [
    displayName,
    name?.formatted,
    name?.givenName,
    name?.familyName,
    user_name,
    email,
    department,
  ];
  const words = texts
    .filter((text) => typeof text === 'string')
    .flatMap((text) =>
      text
        .normalize('NFKD')
        .replace(/\p{Mark}/gu, '')
        .toLowerCase()
        .split(/\s+/),
    )
    .map((word) => word.slice(0, 64).replace(/[\ud800-\udbff]$/, ''))
    .filter((word) => word !== '');
  const parts = words.flatMap((word) => (word.split('@')[0] ?? '').split(/[^\p{Letter}\p{Number}]+/u));
  const all = [...new Set([...words, ...parts.filter((part) => part !== '')])].slice(0, 24);
  const terms = all.filter((term) => !all.some((other) => other !== term && other.startsWith(term)));
  return { text: [...new Set(words)].join(' '), terms };
}
