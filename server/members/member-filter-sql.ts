// The filters of the members' list as SQL: what each asks of a row, and by which index it is reached. Knows indexes, not
// which of them pays.
import { sql } from 'kysely';
import { type MemberFilter, unmanaged } from '../../shared/member-list.ts';
import type { Db } from '../db/database.ts';
import { type Fragment, postgresJson, sqliteJson } from '../db/json-sql.ts';
import { isPostgres } from '../db/locks.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import { enterpriseUserUrn } from '../scim/protocol/enterprise-user-schema.ts';
import { wordsOf } from './member-search.ts';
import { tallyBucket } from './member-store.ts';
import { tallyName } from './member-tally-store.ts';

/** A filter that somebody set, the search apart. */
export type FilterName = Exclude<keyof MemberFilter, 'search'>;

/** A way to the members that meet one filter, who appear as `r`; it asks for nothing else. */
export interface Driver {
  readonly name: FilterName;
  readonly from: Fragment;
  readonly where: Fragment;
  /** A row for each member that it leads to, out of an index alone; null where the tally tells how many there are. */
  readonly entries: Fragment | null;
}

/** The filters that are set. */
export function filtersSet({ search: _search, ...filter }: MemberFilter): readonly FilterName[] {
  return (Object.keys(filter) as FilterName[]).filter((name) => filter[name] !== undefined);
}

/** The members as `r`, on SQLite by this index and no other; PostgreSQL has statistics to go by. */
export function membersBy(db: Db, index: string): Fragment {
  return isPostgres(db) ? sql`members as r` : sql`members as r indexed by ${sql.ref(index)}`;
}

/** Everything that the filters ask of the row `r`. */
export function conditionsOf(db: Db, orgId: string, filter: MemberFilter): Fragment {
  const conditions = filtersSet(filter).map((name) => conditionOf(db, filter, name));
  return sql.join([sql`r.org_id = ${orgId}`, ...conditions], sql` and `);
}

function conditionOf(db: Db, filter: MemberFilter, name: FilterName): Fragment {
  switch (name) {
    case 'status':
      return sql`r.status = ${filter.status}`;
    case 'role':
      return sql`r.role = ${filter.role}`;
    case 'connectionId':
      return filter.connectionId === unmanaged
        ? sql`r.connection_id is null`
        : sql`r.connection_id = ${filter.connectionId}`;
    case 'waiting':
      return filter.waiting === true ? sql`r.waiting_since is not null` : sql`r.waiting_since is null`;
    case 'groupId':
      return sql`exists (select 1 from group_members as g
        where g.org_id = r.org_id and g.group_id = ${filter.groupId} and g.member_id = r.id)`;
    case 'department': {
      const json = isPostgres(db) ? postgresJson : sqliteJson;
      const department = json.value(sql`r.attributes`, [enterpriseUserUrn, 'department']);
      return sql`fold_case(${department}) = ${foldCase(filter.department ?? '')}`;
    }
  }
}

/** The ways to the members by the filters that are set; a filter that nearly everybody meets is no way. */
export function driversOf(db: Db, orgId: string, filter: MemberFilter): readonly Driver[] {
  return filtersSet(filter).flatMap((name) => driverOf(db, orgId, filter, name) ?? []);
}

function driverOf(db: Db, orgId: string, filter: MemberFilter, name: FilterName): Driver | undefined {
  const byIndex = (index: string, where: Fragment): Driver => {
    const from = membersBy(db, index);
    return { name, from, where, entries: sql`select 1 from ${from} where r.org_id = ${orgId} and ${where}` };
  };
  // The cross join keeps SQLite from walking the members and looking each of them up on the other side.
  const through = (table: Fragment, where: Fragment, onlyUsers: Fragment): Driver => ({
    name,
    from: sql`${table} as x cross join ${membersBy(db, 'members_by_id')}`,
    where: sql`${where} and r.id = x.member_id`,
    entries: sql`select 1 from ${table} as x where ${where} ${onlyUsers}`,
  });
  switch (name) {
    case 'status':
      return byIndex('members_by_status', sql`r.status = ${filter.status}`);
    case 'role':
      // Spelt out besides, so that SQLite sees that the index of those who are no plain members will do.
      return filter.role === 'member'
        ? undefined
        : byIndex('members_staff', sql`r.role <> 'member' and r.role = ${filter.role}`);
    case 'waiting':
      return filter.waiting === true
        ? byIndex('members_waiting', sql`r.waiting_since is not null`)
        : undefined;
    case 'groupId':
      return through(
        sql`group_members`,
        sql`x.org_id = ${orgId} and x.group_id = ${filter.groupId}`,
        sql`and x.kind = 'User'`,
      );
    case 'department': {
      const [word] = wordsOf(filter.department ?? '');
      return word === undefined
        ? undefined
        : through(sql`member_terms`, sql`x.org_id = ${orgId} and x.term = ${word}`, sql``);
    }
    case 'connectionId':
      return byTally(db, orgId, filter);
  }
}

/** No index leads to a connection's members, but the tally knows in which runs of creation order there are any. */
function byTally(db: Db, orgId: string, filter: MemberFilter): Driver {
  const managedBy = tallyName(filter.connectionId ?? unmanaged);
  const runs = sql`(select distinct bucket from member_tally
    where org_id = ${orgId} and connection_id = ${managedBy} and n > 0
    ${filter.status === undefined ? sql`` : sql`and status = ${filter.status}`})`;
  const size = sql.lit(tallyBucket);
  return {
    name: 'connectionId',
    from: sql`${runs} as x cross join ${membersBy(db, 'members_in_order')}`,
    where: sql`r.seq >= x.bucket * ${size} and r.seq < (x.bucket + 1) * ${size}`,
    entries: null,
  };
}
