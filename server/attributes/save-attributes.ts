// Reads an org's own attributes, tells what a step would come to, and takes it. Knows the rules of a change, no SCIM.
import type {
  AttributePreview,
  AttributeSave,
  AttributeStep,
  CustomAttribute,
  CustomAttributes,
} from '../../shared/custom-attributes.ts';
import type { Changes } from '../audit/audit-log.ts';
import { type AskedInOrg, type ChangeDeps, inChange } from '../audit/change-context.ts';
import { recordChange } from '../audit/record-change.ts';
import { AppError } from '../core/app-error.ts';
import type { Database, Db } from '../db/database.ts';
import { findOrg, lockOrg } from '../orgs/org-store.ts';
import { definitionsOf, rowOf, schemaUrn } from './attribute-definitions.ts';
import { findAttributeSchema, writeAttributeSchema } from './attribute-schema-store.ts';
import { countValues } from './count-values.ts';
import { planAttributeStep } from './plan-attribute-step.ts';

/** What commands about attributes need of the server. */
export interface AttributeDeps extends ChangeDeps {
  readonly database: Database;
}

/** @throws AppError `org.not_found` */
export async function customAttributes(db: Db, orgId: string): Promise<CustomAttributes> {
  const row = await findAttributeSchema(db, orgId);
  if (row !== undefined) return definitionsOf(row);
  const org = await findOrg(db, orgId);
  if (org === undefined) throw new AppError('org.not_found', { org: orgId });
  return { urn: schemaUrn(org.slug), version: 0, attributes: [], removed: [] };
}

/**
 * What a step would come to; nothing is changed. Looks at every person.
 * @throws AppError `attribute.*` as the step itself
 */
export async function previewAttributeStep(
  { database, now }: Pick<AttributeDeps, 'database' | 'now'>,
  orgId: string,
  step: AttributeStep,
): Promise<AttributePreview> {
  const current = await customAttributes(database.db, orgId);
  const { name, after } = planAttributeStep(current, step, now());
  const wanted = after ?? current.attributes.find((one) => one.name === name) ?? removedNamed(current, name);
  const { people, carrying, misfits } = await countValues(database, orgId, current.urn, wanted);
  const counts = { people, carrying, misfits, lacking: people - carrying };
  return { ...counts, sentence: sentenceOf(step, counts, wanted) };
}

function removedNamed({ removed }: CustomAttributes, name: string): CustomAttribute {
  const found = removed.find(({ attribute }) => attribute.name === name);
  if (found === undefined) throw new AppError('attribute.not_found', { name });
  return found.attribute;
}

function sentenceOf(
  { kind }: AttributeStep,
  { carrying, misfits, lacking }: Omit<AttributePreview, 'sentence'>,
  { name, required }: CustomAttribute,
): string {
  const carry = carrying === 1 ? '1 person carries' : `${carrying} people carry`;
  if (kind === 'remove') return `${carry} a value of "${name}", which will be hidden.`;
  if (kind === 'erase') return `${carry} a value of "${name}", which will be erased for good.`;
  if (kind === 'put-back') return `${carry} a value of "${name}", which will be seen again.`;
  if (misfits > 0)
    return `${misfits === 1 ? '1 person carries' : `${misfits} people carry`} a value of "${name}" that would not fit.`;
  if (required && lacking > 0)
    return `${lacking === 1 ? '1 person lacks' : `${lacking} people lack`} a value of "${name}". They stay as they are.`;
  return `${carry} a value of "${name}", and every one fits.`;
}

/**
 * Takes one step from the version that its author saw.
 * @throws AppError `attribute.*`, `resource.changed`, `org.not_found`, `database.busy`
 */
export async function saveAttributes(
  deps: AttributeDeps,
  asked: AskedInOrg,
  { version, step }: AttributeSave,
): Promise<CustomAttributes> {
  const { orgId } = asked;
  if (step.kind === 'change') await refuseMisfits(deps, orgId, step);
  return inChange(deps, asked, async (context) => {
    const { trx, now } = context;
    await lockOrg(trx, orgId);
    const current = await customAttributes(trx, orgId);
    if (current.version !== version) throw new AppError('resource.changed', { id: current.urn });
    const { name, told, before, after, definitions } = planAttributeStep(current, step, now);
    const next = { urn: current.urn, version: version + 1, ...definitions };
    await writeAttributeSchema(trx, rowOf(orgId, next));
    await recordChange(context, { kind: 'org', id: orgId }, changesOf(name, before, after), {
      type: 'org.attributes_changed',
      data: { name, step: told },
    });
    return next;
  });
}

async function refuseMisfits(
  { database, now }: AttributeDeps,
  orgId: string,
  step: Extract<AttributeStep, { kind: 'change' }>,
): Promise<void> {
  const current = await customAttributes(database.db, orgId);
  const { name, before, after } = planAttributeStep(current, step, now());
  if (after === undefined) return;
  if (before?.type === after.type && before.multiValued === after.multiValued) return;
  const { misfits } = await countValues(database, orgId, current.urn, after);
  if (misfits > 0) throw new AppError('attribute.misfits', { name, people: misfits });
}

/** One line for each trait that moved, named after the attribute. */
function changesOf(
  name: string,
  before: CustomAttribute | undefined,
  after: CustomAttribute | undefined,
): Changes {
  const traits = Object.keys({ ...before, ...after }) as (keyof CustomAttribute)[];
  return Object.fromEntries(
    traits
      .filter((trait) => JSON.stringify(before?.[trait]) !== JSON.stringify(after?.[trait]))
      .map((trait) => [`${name}.${trait}`, [before?.[trait] ?? null, after?.[trait] ?? null] as const]),
  );
}
