// The draft of the role mappings: moving, adding, changing, leaving out. Pure; knows no screen.
import type { MemberRole } from '../../shared/member.ts';

/** A mapping as the form shows it; the first one of the list decides. */
export interface DraftMapping {
  readonly groupId: string;
  readonly groupName: string;
  readonly role: MemberRole;
}

/** The list with one of it moved by so many places; the ends hold it. */
export function moved(list: readonly DraftMapping[], groupId: string, by: number): readonly DraftMapping[] {
  const from = list.findIndex((mapping) => mapping.groupId === groupId);
  const one = list[from];
  if (one === undefined) return list;
  const to = Math.min(list.length - 1, Math.max(0, from + by));
  return list.toSpliced(from, 1).toSpliced(to, 0, one);
}

/** Whether two lists come to the same mappings. */
export function isSameOrder(one: readonly DraftMapping[], other: readonly DraftMapping[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ groupId, role }, at) => groupId === other[at]?.groupId && role === other[at]?.role)
  );
}
