// A group's `members` between SCIM and rows: what an entry looks like, and what a PATCH step asks of the memberships.
import type { MembershipStep } from '../groups/change-memberships.ts';
import type { Membership } from '../groups/membership-store.ts';
import type { Attributes, Json } from './protocol/attribute.ts';
import { matchElement } from './protocol/filter-match.ts';
import type { ResolvedFilter } from './protocol/filter-resolve.ts';
import type { PatchStep } from './protocol/patch-plan.ts';
import { ProtocolError } from './protocol/protocol-error.ts';
import type { Reading } from './protocol/quirk.ts';

/** One entry of `members` as a client reads it. */
export function membershipJson(base: string, { id, kind, display }: Membership): Attributes {
  const entry = { value: id, $ref: `${base}/${kind}s/${id}`, type: kind };
  return display === null ? entry : { ...entry, display };
}

/** The ids in a `members` value. */
export function memberIdsOf(members: Json | undefined): readonly string[] {
  const entries = members === undefined ? [] : Array.isArray(members) ? members : [members];
  return (entries as readonly Json[]).map((entry) => {
    const value =
      typeof entry === 'object' && entry !== null && !Array.isArray(entry)
        ? (entry as Attributes).value
        : undefined;
    if (typeof value !== 'string' || value === '') {
      throw new ProtocolError(
        'invalidValue',
        'Each entry of "members" needs the id of a user or group as its "value".',
      );
    }
    return value.toLowerCase();
  });
}

/**
 * What a PATCH step on `members` does to the rows. Entries are immutable: they come and go, they do not change.
 * @throws ProtocolError invalidValue, mutability
 * @see RFC 7643 §4.2, RFC 7644 §3.5.2
 */
export function membershipStepOf(base: string, step: PatchStep, reading: Reading): MembershipStep {
  const { filter, path } = step.target;
  if (step.op === 'remove') {
    // Without its value an entry is nobody, so `members[…].value` leaves with the entry; strict paths end that way.
    if (path.sub !== undefined && path.sub.name !== 'value') throw unchangeable();
    if (filter === undefined) return { op: 'remove-all' };
    const ids = idsNamedBy(filter);
    if (ids === undefined)
      return { op: 'remove-where', matches: (entry) => matchElement(filter, membershipJson(base, entry)) };
    if (reading.strict && ids.length > 1) {
      throw new ProtocolError(
        'invalidFilter',
        'The value filter names several members. Send one operation for each of them.',
      );
    }
    return { op: 'remove', ids };
  }
  if (filter !== undefined || path.sub !== undefined) throw unchangeable();
  return { op: step.op, ids: memberIdsOf(step.value) };
}

/** `value eq "a"`, or several of them joined by `or`: the ids themselves. */
function idsNamedBy(filter: ResolvedFilter): readonly string[] | undefined {
  if (filter.kind === 'compare') {
    return filter.op === 'eq' && filter.path.attribute.name === 'value' ? [String(filter.value)] : undefined;
  }
  if (filter.kind !== 'or') return undefined;
  const [left, right] = [idsNamedBy(filter.left), idsNamedBy(filter.right)];
  return left && right ? [...left, ...right] : undefined;
}

function unchangeable(): ProtocolError {
  return new ProtocolError(
    'mutability',
    'A group member cannot be changed in place. Remove the member and add another one.',
  );
}
