// The list of members as clients ask for it and as it is answered: filters, sorts, rows, counts. Knows no storage.
import { z } from 'zod';
import { type CustomValues, mostCustomAttributes } from './custom-attributes.ts';
import { type MemberRole, type MemberStatus, memberRoles, memberStatuses } from './member.ts';

/** What a database can hold: neither NUL nor half of a surrogate pair. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'holds a character that cannot be stored');

/** Stands for "managed by no connection" where the id of a connection is asked for. */
export const unmanaged = 'none';

/** Which members; conditions that are given hold together. */
export const memberFilterSchema = z.strictObject({
  /** Words that begin words of the name, the addresses or the department. */
  search: text(200).optional(),
  status: z.enum(memberStatuses).optional(),
  role: z.enum(memberRoles).optional(),
  /** Direct members of this group. */
  groupId: text(100).optional(),
  /** Managed by this connection, or by none at all: `none`. */
  connectionId: text(100).optional(),
  /** Whether they wait for a free seat. */
  waiting: z.boolean().optional(),
  /** The whole name of the department, in upper or lower case. */
  department: text(200).optional(),
});
export type MemberFilter = z.output<typeof memberFilterSchema>;

export const memberSorts = ['name', 'email', 'newest', 'changed'] as const;
export type MemberSort = (typeof memberSorts)[number];

/** A page of the list. A search has an order of its own, the best match first, and no other. */
export const memberListQuerySchema = memberFilterSchema.extend({
  sort: z.enum(memberSorts).default('name'),
  /** As the sort's name says when left out: names from A on, the newest and the latest change first. */
  direction: z.enum(['ascending', 'descending']).optional(),
  /** From the page before; for the same filters and sort only. */
  cursor: z.string().max(2000).optional(),
  /** Begins at this row, counted from 0, where the list is counted (`total`); for jumps, as a cursor costs less. */
  at: z.int().min(0).optional(),
  limit: z.int().min(1).max(200).default(50),
  /** The org's own attributes whose values the rows are to have, by name. */
  attributes: z.array(text(60)).max(mostCustomAttributes).optional(),
});
export type MemberListQuery = z.output<typeof memberListQuerySchema>;

/** The same members in one file, without pages. */
export const memberExportQuerySchema = memberListQuerySchema.omit({
  cursor: true,
  at: true,
  limit: true,
  attributes: true,
});
export type MemberExportQuery = z.output<typeof memberExportQuerySchema>;

/** A stretch of one member's timeline; `before` is the `next` of the stretch before. */
export const timelineQuerySchema = z.strictObject({
  memberId: text(100),
  before: z.int().min(1).optional(),
  limit: z.int().min(1).max(100).default(30),
});
export type TimelineQuery = z.output<typeof timelineQuerySchema>;

/** One line of the list. Times are Unix milliseconds. */
export interface MemberListRow {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly userName: string;
  readonly status: MemberStatus;
  /** Since when they wait for a free seat. */
  readonly waitingSince: number | null;
  readonly role: MemberRole;
  readonly roleByHand: boolean;
  readonly department: string | null;
  readonly connectionId: string | null;
  /** The names of the first three groups, the oldest group first, and how many there are in all. */
  readonly groups: { readonly names: readonly string[]; readonly total: number };
  readonly lastChange: number;
  /** What the mail server last said when it refused a mail to them. */
  readonly mailFailure: string | null;
  readonly invitedAt: number | null;
  /** Of the attributes that were asked for; missing where none was. */
  readonly values?: CustomValues;
}

export interface MemberPage {
  readonly rows: readonly MemberListRow[];
  /** How many there are on all pages; null where only counting them one by one would tell. */
  readonly total: number | null;
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** How many members there are, exactly. */
export interface MemberCounts {
  readonly total: number;
  readonly byStatus: Readonly<Record<MemberStatus, number>>;
  /** Of those not invited, how many wait for a free seat. */
  readonly waiting: number;
}
