// A naive model of PATCH to compare the engine with: plain mutation of a clone, nothing shared with the source.
import fc from 'fast-check';
import { attribute, type ResourceType } from '../../../../server/scim/protocol/attribute.ts';
import { userType } from '../../../../server/scim/protocol/user-schema.ts';

const text = (name: string) => attribute(name, 'string', '');
/** A simple, a complex and two multi-valued attributes. */
export const modelType: ResourceType = {
  ...userType,
  schema: {
    ...userType.schema,
    attributes: [
      text('title'),
      attribute('name', 'complex', '', { subAttributes: [text('a'), text('b')] }),
      attribute('tags', 'string', '', { multiValued: true, caseExact: true }),
      attribute('mails', 'complex', '', {
        multiValued: true,
        subAttributes: [text('value'), text('type'), attribute('primary', 'boolean', '')],
      }),
    ],
  },
  extensions: [],
};

interface Mail {
  value?: string;
  type?: string;
  primary?: boolean;
}
interface Model {
  title?: string;
  name?: { a?: string; b?: string };
  tags?: string[];
  mails?: Mail[];
}

/** JSON as text, its keys in order. */
export const sorted = (value: unknown) =>
  JSON.stringify(value, (_, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

function withoutRepeats<T>(list: readonly T[]): T[] {
  return list.filter((item, i) => list.findIndex((other) => sorted(other) === sorted(item)) === i);
}

/** One list of mails as it may be kept; `touched` are those that the operation wrote. */
function tidy(list: readonly Mail[], touched: ReadonlySet<Mail>): Mail[] {
  const kept = withoutRepeats(list.filter((mail) => Object.keys(mail).length > 0));
  const winner = kept.filter((mail) => mail.primary === true && touched.has(mail)).at(-1);
  for (const mail of kept)
    if (winner !== undefined && mail !== winner && mail.primary === true) mail.primary = false;
  return withoutRepeats(kept);
}

const tidied = (list: readonly Mail[]) => tidy(list, new Set(list));

function put(list: Mail[], added: Mail, touched: Set<Mail>): void {
  const twin = list.find((mail) =>
    added.value === undefined
      ? sorted(mail) === sorted(added)
      : mail.value?.toLowerCase() === added.value.toLowerCase() &&
        (mail.type === undefined || added.type === undefined || mail.type === added.type),
  );
  const mail = twin === undefined ? { ...added } : Object.assign(twin, added);
  if (twin === undefined) list.push(mail);
  touched.add(mail);
}

const mails = fc
  .record(
    { value: fc.constantFrom('x', 'X', 'y'), type: fc.constantFrom('work', 'home'), primary: fc.boolean() },
    { requiredKeys: [] },
  )
  .filter((mail) => Object.keys(mail).length > 0) as fc.Arbitrary<Mail>;
const mailLists = fc.array(mails, { minLength: 1, maxLength: 3 });
const tagLists = fc.array(fc.constantFrom('p', 'q', 'r'), { minLength: 1, maxLength: 3 });
const names = fc
  .record({ a: fc.constantFrom('1', '2'), b: fc.constantFrom('1', '2') }, { requiredKeys: [] })
  .filter((name) => Object.keys(name).length > 0) as fc.Arbitrary<{ a?: string; b?: string }>;
/** Resources of the model type. */
export const models = fc.record(
  {
    title: fc.constantFrom('t', 'u'),
    name: names,
    tags: tagLists.map(withoutRepeats),
    mails: mailLists.map(tidied),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Model>;

type Target =
  | { kind: 'title' }
  | { kind: 'tags' }
  | { kind: 'name' }
  | { kind: 'name.a' }
  | { kind: 'mails' }
  | { kind: 'some'; type?: string; sub?: keyof Mail };

interface ModelOperation {
  readonly value?: unknown;
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly target: Target;
}

const values = {
  value: fc.constantFrom('x', 'y'),
  type: fc.constantFrom('work', 'home'),
  primary: fc.boolean(),
};
const targeted = (target: Target, path: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<ModelOperation> =>
  fc.record({
    op: fc.constantFrom('add', 'replace', 'remove'),
    path: fc.constant(path),
    target: fc.constant(target),
    value,
  });
/** Operations on the model type, each with its target spelt out for the model. */
export const operations = fc.oneof(
  targeted({ kind: 'title' }, 'title', fc.constantFrom('t', 'u')),
  targeted({ kind: 'tags' }, 'tags', tagLists),
  targeted({ kind: 'name' }, 'name', names),
  targeted({ kind: 'name.a' }, 'name.a', fc.constantFrom('1', '2')),
  targeted({ kind: 'mails' }, 'mails', mailLists),
  ...(['work', 'home'] as const).flatMap((type) => [
    targeted({ kind: 'some', type }, `mails[type eq "${type}"]`, mails),
    ...(['value', 'type', 'primary'] as const).map((sub) =>
      targeted({ kind: 'some', type, sub }, `mails[type eq "${type}"].${sub}`, values[sub]),
    ),
  ]),
  targeted({ kind: 'some', sub: 'value' }, 'mails.value', values.value),
);

/** What the operations make of the model; undefined where one of them has no target. */
export function naive(
  model: Model,
  list: readonly ModelOperation[],
  createUnmatched: boolean,
): Model | undefined {
  const result = structuredClone(model);
  for (const { op, target, value: shared } of list) {
    const value = structuredClone(shared);
    const removes = op === 'remove';
    if (target.kind === 'title') {
      if (removes) delete result.title;
      else result.title = value as string;
    } else if (target.kind === 'tags') {
      if (removes) delete result.tags;
      else
        result.tags = withoutRepeats([...(op === 'add' ? (result.tags ?? []) : []), ...(value as string[])]);
    } else if (target.kind === 'name') {
      if (removes) delete result.name;
      else result.name = { ...result.name, ...(value as object) };
    } else if (target.kind === 'name.a') {
      if (!removes) result.name = { ...result.name, a: value as string };
      else if (result.name !== undefined) delete result.name.a;
      if (result.name !== undefined && Object.keys(result.name).length === 0) delete result.name;
    } else {
      let kept = result.mails ?? [];
      const touched = new Set<Mail>();
      if (target.kind === 'mails') {
        const given = tidied(removes ? [] : (value as Mail[]));
        if (op !== 'add') kept = [];
        for (const mail of given)
          if (op === 'add') put(kept, mail, touched);
          else kept.push(mail);
      } else {
        const { type, sub } = target;
        const chosen = kept.filter((mail) => type === undefined || mail.type === type);
        const given = (sub === undefined ? value : { [sub]: value }) as Mail;
        if (chosen.length === 0 && !removes) {
          if (type !== undefined && !createUnmatched) return undefined;
          put(kept, { ...(type !== undefined && { type }), ...given }, touched);
        }
        for (const mail of chosen) {
          if (sub === undefined ? op !== 'add' : removes)
            for (const key of sub === undefined ? (Object.keys(mail) as (keyof Mail)[]) : [sub])
              delete mail[key];
          if (!removes) Object.assign(mail, given);
          touched.add(mail);
        }
      }
      kept = tidy(kept, touched);
      if (kept.length === 0) delete result.mails;
      else result.mails = kept;
    }
  }
  return result;
}
