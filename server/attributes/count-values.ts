// Counts who carries values of an attribute, and whose would not fit a definition: in slices, on the thread for scans.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CustomAttribute } from '../../shared/custom-attributes.ts';
import type { Database } from '../db/database.ts';
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { isJsonObject, sameJson } from '../scim/protocol/json.ts';
import { readValue } from '../scim/protocol/read-value.ts';
import { scimAttribute } from './attribute-definitions.ts';
import { documentsAfter } from './attribute-schema-store.ts';

const slice = 1000;

export interface ValueCounts {
  readonly people: number;
  readonly carrying: number;
  readonly misfits: number;
}

/** Looks at every document of the org. A value fits where it may stay exactly as it is stored. */
export async function countValues(
  { scans }: Pick<Database, 'scans'>,
  orgId: string,
  urn: string,
  wanted: CustomAttribute,
): Promise<ValueCounts> {
  const counts = { people: 0, carrying: 0, misfits: 0 };
  for (let after = 0; ; ) {
    const rows = await documentsAfter(scans, orgId, after, slice);
    for (const { attributes } of rows) {
      counts.people++;
      // Most documents hold nothing of it, and need not be parsed to know.
      const value = attributes.includes(urn) ? valueIn(attributes, urn, wanted.name) : undefined;
      if (value === undefined) continue;
      counts.carrying++;
      if (!fits(wanted, value)) counts.misfits++;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < slice) return counts;
    after = last.seq;
    await nextTurn();
  }
}

function valueIn(document: string, urn: string, name: string): Json | undefined {
  const values = (JSON.parse(document) as Attributes)[urn];
  return isJsonObject(values) ? values[name] : undefined;
}

function fits(wanted: CustomAttribute, value: Json): boolean {
  try {
    const reading = { strict: true, note: () => undefined };
    return sameJson(
      readValue(scimAttribute({ ...wanted, required: false }), value, wanted.name, reading),
      value,
    );
  } catch {
    return false;
  }
}
