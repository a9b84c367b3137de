// The rows of orgs' own schemas, and the people whose documents hold values of them. Knows SQL, decides nothing.
import type { Selectable } from 'kysely';
import type { AttributeSchemaTable } from '../db/attribute-tables.ts';
import type { Db } from '../db/database.ts';
import { prepare } from '../db/prepared.ts';

export type AttributeSchemaRow = Selectable<AttributeSchemaTable>;

const ofOrg = prepare<{ org: string }, AttributeSchemaRow>((db, p) =>
  db.selectFrom('attribute_schemas').selectAll().where('org_id', '=', p('org')),
);

export function findAttributeSchema(db: Db, orgId: string): Promise<AttributeSchemaRow | undefined> {
  return ofOrg.first(db, { org: orgId });
}

export async function writeAttributeSchema(trx: Db, row: AttributeSchemaRow): Promise<void> {
  const { org_id: _org, ...rest } = row;
  await trx
    .insertInto('attribute_schemas')
    .values(row)
    .onConflict((conflict) => conflict.column('org_id').doUpdateSet(rest))
    .execute();
}

/** Orgs with values that are to be erased by now. */
export function dueSchemas(db: Db, now: number): Promise<readonly AttributeSchemaRow[]> {
  return db.selectFrom('attribute_schemas').selectAll().where('erase_at', '<=', now).execute();
}

/** A slice of the org's people, in the order of their numbers after `after`. */
export function documentsAfter(
  db: Db,
  orgId: string,
  after: number,
  limit: number,
): Promise<readonly { readonly seq: number; readonly id: string; readonly attributes: string }[]> {
  return db
    .selectFrom('members')
    .select(['seq', 'id', 'attributes'])
    .where('org_id', '=', orgId)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** Gives a person another document, unless somebody wrote to it since it was read: then the next look meets it. */
export async function replaceDocument(
  trx: Db,
  orgId: string,
  id: string,
  was: string,
  is: string,
): Promise<boolean> {
  const result = await trx
    .updateTable('members')
    .set({ attributes: is })
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .where('attributes', '=', was)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
