// Which dialect each kind of identity provider speaks.
import type { ConnectionKind } from '../../../shared/provisioning.ts';
import type { Dialect } from './dialect.ts';
import { entra } from './entra.ts';

/** The RFC to the letter. Okta needs nothing else: what it sends is regular once harmless tolerances are granted. */
const plain: Dialect = {
  patchRules: { createUnmatched: false },
  resource: (body) => body,
  patch: (body) => body,
};

const dialects: Readonly<Record<ConnectionKind, Dialect>> = { okta: plain, entra, other: plain };

/** The dialect of a connection's kind, in either mode: strict mode refuses more, it does not read differently. */
export function dialectOf(kind: ConnectionKind): Dialect {
  return dialects[kind];
}
