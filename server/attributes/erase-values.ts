// The job that erases the values of removed attributes whose time has come: in slices, beside the requests.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CustomAttributes } from '../../shared/custom-attributes.ts';
import { type ChangeDeps, changeDepsOf, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import type { Job } from '../core/scheduler.ts';
import type { Database } from '../db/database.ts';
import { inTransaction } from '../db/transaction.ts';
import { lockOrg } from '../orgs/org-store.ts';
import type { Attributes } from '../scim/protocol/attribute.ts';
import { isJsonObject } from '../scim/protocol/json.ts';
import { definitionsOf, rowOf } from './attribute-definitions.ts';
import {
  documentsAfter,
  dueSchemas,
  findAttributeSchema,
  replaceDocument,
  writeAttributeSchema,
} from './attribute-schema-store.ts';

const slice = 250;

interface JobDeps {
  readonly database: Database;
  readonly now: () => number;
  readonly secret: Buffer;
}

export function eraseValuesJob(deps: JobDeps): Job {
  return { name: 'erase-attribute-values', everyMs: 60_000, run: () => eraseDueValues(deps) };
}

/** Erases what is due in every org, and frees its name once a whole look has found nothing more. */
export async function eraseDueValues(deps: JobDeps): Promise<void> {
  const now = deps.now();
  for (const row of await dueSchemas(deps.database.db, now)) {
    const { urn, removed } = definitionsOf(row);
    const due = removed.filter(({ eraseAt }) => eraseAt <= now).map(({ attribute }) => attribute.name);
    while ((await eraseOnce(deps.database, row.org_id, urn, due)) > 0);
    await forget(changeDepsOf(deps), row.org_id, due);
  }
}

/** One look at every document of the org; how many held something to erase. */
async function eraseOnce(
  { db, scans }: Database,
  orgId: string,
  urn: string,
  names: readonly string[],
): Promise<number> {
  let found = 0;
  for (let after = 0; ; ) {
    const rows = await documentsAfter(scans, orgId, after, slice);
    const toWrite = rows.flatMap(({ id, attributes }) => {
      const is = attributes.includes(urn) ? without(attributes, urn, names) : attributes;
      return is === attributes ? [] : [{ id, was: attributes, is }];
    });
    found += toWrite.length;
    if (toWrite.length > 0)
      await inTransaction(db, async (trx) => {
        for (const { id, was, is } of toWrite) await replaceDocument(trx, orgId, id, was, is);
      });
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return found;
    after = last.seq;
    await nextTurn();
  }
}

function without(document: string, urn: string, names: readonly string[]): string {
  const { [urn]: values, ...rest } = JSON.parse(document) as Attributes;
  if (!isJsonObject(values) || !names.some((name) => name in values)) return document;
  const left = Object.entries(values).filter(([name]) => !names.includes(name));
  return JSON.stringify(left.length === 0 ? rest : { ...rest, [urn]: Object.fromEntries(left) });
}

async function forget(deps: ChangeDeps, orgId: string, names: readonly string[]): Promise<void> {
  const asked = { orgId, actor: { kind: 'server', id: 'erase-attribute-values' }, requestId: 'job' } as const;
  await inChange(deps, asked, async (context) => {
    await lockOrg(context.trx, orgId);
    const row = await findAttributeSchema(context.trx, orgId);
    if (row === undefined) return;
    const current = definitionsOf(row);
    const gone = current.removed.filter(({ attribute }) => names.includes(attribute.name));
    if (gone.length === 0) return;
    const removed = current.removed.filter((one) => !gone.includes(one));
    const next: CustomAttributes = { ...current, version: current.version + 1, removed };
    await writeAttributeSchema(context.trx, rowOf(orgId, next));
    for (const { attribute } of gone)
      await recordChange(
        context,
        { kind: 'org', id: orgId },
        {},
        { type: 'org.attributes_changed', data: { name: attribute.name, step: 'erased' } },
      );
  });
}
