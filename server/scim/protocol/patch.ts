// Applies PATCH steps to a resource. Knows RFC 7644 §3.5.2 and attribute definitions; no store, no request.
import type { Attribute, Attributes, Json, ResourceType } from './attribute.ts';
import { matchElement } from './filter-match.ts';
import { isJsonArray, isJsonObject, sameJson } from './json.ts';
import type { PatchStep } from './patch-plan.ts';
import type { PatchTarget } from './patch-target.ts';
import { printPath } from './path.ts';
import { ProtocolError } from './protocol-error.ts';
import type { Reading } from './quirk.ts';
import { appendEntries, distinctEntries, isPrimary, unmarkOthers } from './value-list.ts';

/** Where an identity provider needs more than the RFC gives. */
export interface PatchRules {
  /** A value filter that matches nothing makes the entry that it describes, instead of `noTarget`. */
  readonly createUnmatched: boolean;
}

interface Context {
  readonly type: ResourceType;
  readonly rules: PatchRules;
  readonly reading: Reading;
}

/**
 * Applies steps in order, each to what the one before it left, and returns the resource that results: the same object
 * where nothing changed. Throwing leaves nothing half done, as the given resource is never touched.
 * @throws ProtocolError noTarget | mutability | invalidFilter (strict: a filter that matches several entries)
 * @see RFC 7644 §3.5.2.1 to §3.5.2.3
 */
export function applyPatch(
  type: ResourceType,
  resource: Attributes,
  steps: readonly PatchStep[],
  rules: PatchRules,
  reading: Reading,
): Attributes {
  const context: Context = { type, rules, reading };
  const result = steps.reduce((current, step) => applyStep(current, step, context), resource);
  return sameJson(result, resource) ? resource : result;
}

function applyStep(resource: Attributes, step: PatchStep, context: Context): Attributes {
  const { extension, attribute } = step.target.path;
  if (extension === undefined) return changeMember(resource, attribute, step, context);
  const held = resource[extension];
  return withMember(
    resource,
    extension,
    unlessEmpty(changeMember(isJsonObject(held) ? held : {}, attribute, step, context)),
  );
}

function changeMember(
  holder: Attributes,
  attribute: Attribute,
  step: PatchStep,
  context: Context,
): Attributes {
  const before = holder[attribute.name];
  const after = attribute.multiValued
    ? changeList(attribute, isJsonArray(before) ? before : [], step, context)
    : changeSingle(attribute, before, step, context);
  checkChange(attribute, before, after, attribute.name, context);
  return withMember(holder, attribute.name, after);
}

function changeSingle(
  attribute: Attribute,
  before: Json | undefined,
  { op, target, value }: PatchStep,
  context: Context,
): Json | undefined {
  const { sub } = target.path;
  if (sub === undefined) return changeValue(attribute, before, op, value, context);
  return unlessEmpty(changeSub(isJsonObject(before) ? before : {}, sub, op, value, context));
}

function changeSub(
  holder: Attributes,
  sub: Attribute,
  op: PatchStep['op'],
  value: Json | undefined,
  context: Context,
): Attributes {
  return withMember(holder, sub.name, changeValue(sub, holder[sub.name], op, value, context));
}

/** What a value becomes when the operation names it whole. */
function changeValue(
  attribute: Attribute,
  before: Json | undefined,
  op: PatchStep['op'],
  value: Json | undefined,
  { reading }: Context,
): Json | undefined {
  if (op === 'remove') return undefined;
  if (attribute.multiValued)
    return op === 'add' && isJsonArray(before) && isJsonArray(value)
      ? appendEntries(attribute, before, value)
      : value;
  // §3.5.2.3 leaves unnamed sub-attributes as they are; the interoperability profile replaces the whole.
  const merges = op === 'add' || !reading.strict;
  return merges && isJsonObject(before) && isJsonObject(value) ? { ...before, ...value } : value;
}

function changeList(
  attribute: Attribute,
  before: readonly Json[],
  step: PatchStep,
  context: Context,
): Json | undefined {
  const { filter, path } = step.target;
  if (filter === undefined && path.sub === undefined) {
    const after = changeValue(attribute, before, step.op, step.value, context);
    return settled(attribute, isJsonArray(after) ? after : [], new Set(before));
  }
  const passedOver = new Set(before.filter((entry) => filter !== undefined && !matchElement(filter, entry)));
  const chosen = before.length - passedOver.size;
  if (chosen === 0) return changeNone(attribute, before, step, context);
  if (chosen > 1 && filter !== undefined && context.reading.strict)
    throw new ProtocolError(
      'invalidFilter',
      `The value filter matches ${chosen} entries of "${printPath(path)}". Write a filter that matches one.`,
    );
  const after = before.map((entry) =>
    passedOver.has(entry) ? entry : changeEntry(attribute, entry, step, context),
  );
  return settled(
    attribute,
    after.filter((entry) => entry !== undefined),
    passedOver,
  );
}

function changeEntry(
  attribute: Attribute,
  entry: Json,
  { op, target, value }: PatchStep,
  context: Context,
): Json | undefined {
  const { sub } = target.path;
  if (!isJsonObject(entry)) return entry;
  if (sub === undefined && op === 'remove') return undefined;
  const added = isJsonObject(value) && op === 'add' ? { ...entry, ...value } : value;
  const after = sub === undefined ? added : changeSub(entry, sub, op, value, context);
  checkSubChanges(attribute, entry, after, attribute.name, context);
  return after;
}

/** What a step does whose filter matches no entry, or that names a sub-attribute where there are no entries. */
function changeNone(
  attribute: Attribute,
  before: readonly Json[],
  { op, target, value }: PatchStep,
  context: Context,
): Json | undefined {
  if (op === 'remove') return before.length === 0 ? undefined : before;
  const seed = seedOf(target, context);
  const { sub } = target.path;
  const described = sub === undefined ? value : changeSub({}, sub, op, value, context);
  const entry = isJsonObject(described) ? { ...seed, ...described } : seed;
  return settled(attribute, appendEntries(attribute, before, [entry]), new Set(before));
}

function seedOf({ path, filter, seed }: PatchTarget, { rules, reading }: Context): Attributes {
  if (filter === undefined) return {};
  if (seed === undefined || !rules.createUnmatched)
    throw new ProtocolError(
      'noTarget',
      `No entry of "${printPath(path)}" matches the value filter. Add the entry first, or send the whole attribute.`,
    );
  reading.note('unmatched-filter-made-entry', printPath(path));
  return seed;
}

/** The entries as they are kept: none empty, none twice, and of the entries that a step wrote the last keeps the mark. */
function settled(
  attribute: Attribute,
  after: readonly Json[],
  untouched: ReadonlySet<Json>,
): Json | undefined {
  const entries = distinctEntries(
    attribute,
    after.filter((entry) => unlessEmpty(entry) !== undefined),
  );
  if (entries.length === 0) return undefined;
  const marked = entries.findLastIndex((entry) => isPrimary(entry) && !untouched.has(entry));
  return marked === -1 ? entries : unmarkOthers(attribute, entries, marked);
}

function withMember(holder: Attributes, name: string, value: Json | undefined): Attributes {
  if (sameJson(holder[name], value)) return holder;
  if (value !== undefined) return { ...holder, [name]: value };
  const { [name]: _removed, ...others } = holder;
  return others;
}

function unlessEmpty(value: Json): Json | undefined {
  return isJsonObject(value) && Object.keys(value).length === 0 ? undefined : value;
}

/** @throws ProtocolError mutability: a required value is gone, or an immutable one is another */
function checkChange(
  definition: Attribute,
  before: Json | undefined,
  after: Json | undefined,
  path: string,
  context: Context,
): void {
  if (sameJson(before, after)) return;
  if (definition.required && after === undefined)
    throw new ProtocolError(
      'mutability',
      `A ${context.type.name} needs "${path}", so it cannot be removed. Replace it with another value.`,
    );
  if (definition.mutability === 'immutable' && before !== undefined)
    throw new ProtocolError(
      'mutability',
      `"${path}" cannot be changed once it is set. Remove it from the attribute mapping in your identity provider.`,
    );
  if (!definition.multiValued && after !== undefined)
    checkSubChanges(definition, before, after, path, context);
}

function checkSubChanges(
  { subAttributes = [] }: Attribute,
  before: Json | undefined,
  after: Json | undefined,
  path: string,
  context: Context,
): void {
  if (!isJsonObject(before) || !isJsonObject(after)) return;
  for (const sub of subAttributes)
    checkChange(sub, before[sub.name], after[sub.name], `${path}.${sub.name}`, context);
}
