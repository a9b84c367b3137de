// The shape of the tables by which a set-up is followed step by step, for Kysely. Knows columns, no SQL.

/** How far a connection's provisioning records have been read for its checklist, and what they proved up to there. */
export interface ChecklistEvidenceTable {
  org_id: string;
  connection_id: string;
  /** The newest record that `evidence` includes. */
  read_to: number;
  /** JSON: what was seen, each with its first record. It outlives the records themselves. */
  evidence: string;
}

/** A step of a set-up that somebody ticked by hand. */
export interface ChecklistTickTable {
  org_id: string;
  connection_id: string;
  step_id: string;
  by_kind: 'connection' | 'member' | 'operator' | 'server';
  by_id: string;
  at: number;
}

/** Where the identity provider's console has the app of a connection. */
export interface ChecklistConsoleTable {
  org_id: string;
  connection_id: string;
  /** JSON: the parts of the console's addresses that are known, by name. */
  ids: string;
}
