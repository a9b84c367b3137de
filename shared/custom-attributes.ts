// An org's own attributes of people, as owners define them: words, limits and shapes. Knows no SCIM and no storage.
import { z } from 'zod';

/** How many attributes an org may have, those that are being let go of among them. */
export const mostCustomAttributes = 100;

/** For so many days the values of a removed attribute are kept out of sight, and can be put back. */
export const customAttributeGraceDays = 30;

export const customAttributeTypes = [
  'string',
  'boolean',
  'integer',
  'decimal',
  'dateTime',
  'reference',
] as const;
export type CustomAttributeType = (typeof customAttributeTypes)[number];

/** What opens doors has no place in a directory that is handed on. @see RFC 7643 §7.1 */
const credentialLike = /pass(?:word|phrase|code)|secret|token|credential|private_?-?key|api_?-?key|^pin$/i;

/** RFC 7643 §2.1: a letter, then letters, digits, hyphens and underscores. */
const attributeName = z
  .string()
  .max(60)
  .regex(/^[A-Za-z][\w-]*$/, 'begins with a letter and holds letters, digits, "-" and "_" only')
  .refine(
    (name) => !credentialLike.test(name),
    'reads like a password or another secret, which no attribute may hold',
  )
  .refine((name) => !['__proto__', 'constructor'].includes(name.toLowerCase()), 'is a reserved name');

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'holds a character that cannot be stored');

/** One attribute. Names are unique whatever their letter case, and never change. */
export const customAttributeSchema = z
  .strictObject({
    name: attributeName,
    type: z.enum(customAttributeTypes),
    multiValued: z.boolean().default(false),
    required: z.boolean().default(false),
    caseExact: z.boolean().default(false),
    description: text(500).default(''),
    /** The values that there are; none, where any will do. */
    canonicalValues: z.array(text(200).min(1)).max(200).default([]),
  })
  .refine(({ type, canonicalValues }) => type === 'string' || canonicalValues.length === 0, {
    path: ['canonicalValues'],
    message: 'are for attributes of type string only',
  })
  .refine(({ canonicalValues }) => new Set(canonicalValues).size === canonicalValues.length, {
    path: ['canonicalValues'],
    message: 'name a value twice',
  });
export type CustomAttribute = z.output<typeof customAttributeSchema>;

const name = z.string().max(60);

/**
 * One step of an org's attributes. `remove` hides the values at once and erases them when the grace time is over;
 * `put-back` undoes it until then, `erase` does not wait.
 */
export const attributeStepSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('add'), attribute: customAttributeSchema }),
  z.strictObject({ kind: z.literal('change'), attribute: customAttributeSchema }),
  z.strictObject({ kind: z.enum(['remove', 'put-back', 'erase']), name }),
]);
export type AttributeStep = z.output<typeof attributeStepSchema>;

/** A step to be taken from the version that its author has seen. */
export const attributeSaveSchema = z.strictObject({ version: z.int().min(0), step: attributeStepSchema });
export type AttributeSave = z.output<typeof attributeSaveSchema>;

/** An attribute that was removed, whose values are hidden until they are erased. Times are Unix milliseconds. */
export interface RemovedAttribute {
  readonly attribute: CustomAttribute;
  readonly removedAt: number;
  readonly eraseAt: number;
}

/** An org's attributes as they stand. */
export interface CustomAttributes {
  /** The schema's URN, which never changes; an attribute is `<urn>:<name>` at the identity provider. */
  readonly urn: string;
  /** 0 until something was defined. */
  readonly version: number;
  readonly attributes: readonly CustomAttribute[];
  readonly removed: readonly RemovedAttribute[];
}

/** What a step comes to for the people there are. */
export interface AttributePreview {
  /** How many people there are. */
  readonly people: number;
  /** How many of them carry a value. */
  readonly carrying: number;
  /** How many lack one. */
  readonly lacking: number;
  /** How many carry a value that would not fit: more than none, and the step is refused. */
  readonly misfits: number;
  readonly sentence: string;
}

/** The values of one person by attribute name; what is not there has no value. */
export type CustomValues = Readonly<Record<string, CustomValue>>;
export type CustomValue = string | number | boolean | readonly (string | number | boolean)[];
