// Anything that connections and admins may ask of the directory, in any order.
import fc from 'fast-check';

/** One thing that is asked of the directory; people and names by number. */
export type Op =
  | {
      readonly kind: 'provision';
      readonly by: number;
      readonly name: number;
      readonly externalId: number;
      readonly active: boolean;
    }
  | {
      readonly kind: 'set-active' | 'rename' | 'remove';
      readonly by: number;
      readonly who: number;
      readonly name: number;
      readonly active: boolean;
    }
  | { readonly kind: 'by-hand'; readonly name: number }
  | { readonly kind: 'group'; readonly by: number; readonly who: readonly number[] }
  | { readonly kind: 'replace-connection'; readonly by: number };

const by = fc.nat(1);
const name = fc.nat(5);
export const op: fc.Arbitrary<Op> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('provision' as const),
      by,
      name,
      externalId: fc.nat(3),
      active: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constantFrom('set-active' as const, 'rename' as const, 'remove' as const),
      by,
      who: fc.nat(9),
      name,
      active: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('by-hand' as const), name }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('group' as const),
      by,
      who: fc.array(fc.nat(9), { maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace-connection' as const), by }) },
);
