// What a dialect is: the shapes that one kind of identity provider sends where it departs from the RFC, made regular
// before anything is read. Tolerances that harm nobody are not here; they hold for every connection.
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import type { PatchRules } from '../protocol/patch.ts';
import type { Quirk } from '../protocol/quirk.ts';
import { entra } from './entra.ts';

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

/** The RFC to the letter. Okta needs nothing else: what it sends is regular once harmless tolerances are granted. */
const plain: Dialect = {
  patchRules: { createUnmatched: false },
  resource: (body) => body,
  patch: (body) => body,
};

const dialects: Readonly<Record<ConnectionKind, Dialect>> = { okta: plain, entra, other: plain };

/** The dialect of a connection's kind; a strict connection speaks the RFC only. */
export function dialectOf(kind: ConnectionKind, strict: boolean): Dialect {
  return strict ? plain : dialects[kind];
}
