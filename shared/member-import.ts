// Members from a CSV file: limits, what each line comes to, and its words. Knows no storage and no file format.
import { z } from 'zod';
import type { AddressFault } from './mail-address.ts';

export const mostImported = 10_000;
/** In bytes, as UTF-8. */
export const largestImport = 5 * 1024 * 1024;

/** A whole file as text; its size in bytes is looked at again where it is read. */
export const memberImportSchema = z.strictObject({ csv: z.string().min(1).max(largestImport) });

/** What is wrong with a cell, each as the end of the sentence "Line 7, role: “boss” …". */
export const importProblems = {
  no_address: 'is missing; every line needs an e-mail address',
  repeated: 'is in the file twice',
  too_long: 'is longer than 200 characters',
  unstorable: 'has a character that cannot be stored',
  unknown_role: 'is no role; there are owner, admin and member',
  role_not_allowed: 'is a role that you cannot give or take; ask an owner',
  unknown_group: 'is no group of this directory',
  managed_group: 'is a group that an identity provider manages',
  role_group: 'is a group that gives a role; only owners put people into it',
  not_boolean: 'is neither true nor false',
  not_integer: 'is no whole number',
  not_decimal: 'is no number; a point stands before its decimals',
  not_time: 'is no time such as 2026-03-01T09:00:00Z',
  not_listed: 'is not one of the values that there are',
} as const;
export type ImportProblem = keyof typeof importProblems;

/** A person of the file. */
interface OfPerson {
  readonly line: number;
  readonly name: string;
  readonly email: string;
}

/** What a line of the file comes to. */
export type ImportLine =
  | ({ readonly kind: 'new' } & OfPerson)
  | ({
      readonly kind: 'update';
      readonly memberId: string;
      /** By column, what is there and what comes; groups are joined, never left. */
      readonly changes: Readonly<Record<string, readonly [before: string, after: string]>>;
    } & OfPerson)
  | ({ readonly kind: 'unchanged'; readonly memberId: string } & OfPerson)
  /** Somebody whom this connection manages: changed there, not here. */
  | ({ readonly kind: 'managed'; readonly memberId: string; readonly connection: string } & OfPerson)
  | {
      readonly kind: 'problem';
      readonly line: number;
      readonly column: string;
      readonly value: string;
      readonly problem: ImportProblem | AddressFault;
    };

export interface ImportPreview {
  readonly lines: readonly ImportLine[];
  readonly totals: Readonly<Record<ImportLine['kind'], number>>;
  /** Columns whose headings mean nothing here. */
  readonly ignoredColumns: readonly string[];
}

/** What became of a line that was to change something; the others are as the preview has them. */
export type ImportOutcome =
  | { readonly line: number; readonly outcome: 'added' | 'updated'; readonly memberId: string }
  | {
      readonly line: number;
      readonly outcome: 'refused';
      readonly code: string;
      readonly sentence: string;
    };

export interface ImportResult extends ImportPreview {
  readonly outcomes: readonly ImportOutcome[];
}
