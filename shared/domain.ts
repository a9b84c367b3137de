// Verified domains as clients ask for them and as they are answered. Knows words, no name server.
import { z } from 'zod';

export const domainSchema = z.strictObject({ domain: z.string().min(1).max(300) });

/** Why a text is no domain that an org could own, as the end of the sentence "“…” …". */
export const domainRefusals = {
  not_a_domain: 'is not a domain name; it looks like "corp.example"',
  ip_address: 'is an IP address; give the domain that stands after the "@" of your addresses',
  public_suffix: 'belongs to everybody under it; give the domain that your organisation registered',
} as const;
export type DomainRefusal = keyof typeof domainRefusals;

/** What the name servers said about the record, each with what it means for the admin. */
export const domainFindings = {
  found: 'The record is there.',
  no_domain: 'DNS knows no such domain. Check how it is spelled.',
  no_record: 'DNS has no such record yet. A new one takes from minutes to a day until it is seen everywhere.',
  wrong_value: 'There is a record of this name, but with another value. Copy the value once more.',
  misplaced: 'The value is there, but under another name. Move the record to the name shown.',
  unreachable:
    'No name server answered. This says nothing about your record; Rollcall tries again by itself.',
} as const;
export type DomainFinding = keyof typeof domainFindings;

/** A domain that an org claims. Times are Unix milliseconds. */
export interface OrgDomain {
  readonly domain: string;
  readonly status: 'unverified' | 'verified' | 'failing';
  /** The TXT record that proves it. */
  readonly record: { readonly name: string; readonly value: string };
  readonly verifiedAt: number | null;
  readonly checkedAt: number | null;
  /** Until when a failing domain still counts as verified. */
  readonly failsAt: number | null;
}

/** A domain with what a check has just found. */
export interface CheckedDomain extends OrgDomain {
  readonly finding: DomainFinding;
  /** What DNS has instead, cut off after 100 characters each, at most five. */
  readonly seen: readonly string[];
}
