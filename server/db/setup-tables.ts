// The shape of the tables by which a set-up is followed step by step and what is wrong with it, for Kysely. Knows columns, no SQL.
import type { FindingSeverity } from '../../shared/finding.ts';

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

/** A fault of a connection, found by a rule; a row lives until a day after the fault is gone. */
export interface FindingTable {
  org_id: string;
  connection_id: string;
  rule: string;
  severity: FindingSeverity;
  /** JSON: what the rule saw last. */
  seen: string;
  first_seen_at: number;
  last_seen_at: number;
  /** When it was last told as new. */
  opened_at: number;
  /** How often it came back after it seemed to be gone. */
  returns: number;
  /** Since when the rule has seen nothing; null while it does. */
  quiet_since: number | null;
  /** When it had been quiet for long enough. */
  cleared_at: number | null;
  /** JSON: who snoozed or dismissed it, when, why, and what was known then; null while nobody did. */
  put_aside: string | null;
}

/** How far the evidence of a connection has been looked at for faults, and when to look again if nothing happens. */
export interface FindingLookTable {
  org_id: string;
  connection_id: string;
  looked_at: number;
  /** The newest provisioning record, and the newest event of the org, at that look. */
  record_seq: number;
  event_seq: number;
  next_look_at: number;
}

/** How many requests of an hour departed from the standard in one way and were put up with, kept beside the records. */
export interface ToleranceTallyTable {
  org_id: string;
  connection_id: string;
  /** When the hour begins. */
  stretch: number;
  /** The name of the departure: `boolean-as-string`. */
  quirk: string;
  requests: number;
  last_at: number;
  /** The attribute that it was last about; null where it was about none. */
  path: string | null;
}

export interface SetupTables {
  tolerance_tally: ToleranceTallyTable;
  checklist_evidence: ChecklistEvidenceTable;
  checklist_ticks: ChecklistTickTable;
  checklist_consoles: ChecklistConsoleTable;
  findings: FindingTable;
  finding_looks: FindingLookTable;
}
