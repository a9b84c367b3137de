// What a dialect is: the shapes that one kind of identity provider sends where it departs from the RFC, made regular
// before anything is read. Tolerances that harm nobody are not here; they hold for every connection.
import type { PatchRules } from '../protocol/patch.ts';
import type { Quirk } from '../protocol/quirk.ts';

/** Notes a tolerance that a request needed. */
export type Note = (quirk: Quirk, path?: string) => void;

export interface Dialect {
  /** How PATCH departs from the RFC. */
  readonly patchRules: PatchRules;
  /** Makes the body of a POST or PUT regular; what it does not know it leaves as it is. */
  resource(body: unknown, note: Note): unknown;
  /** Makes the body of a PATCH regular. */
  patch(body: unknown, note: Note): unknown;
}
