// What somebody who is signed in may know of themselves: name, org, and what their role lets them do.
import { accessPolicy, may, type Right } from '../auth/access-policy.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { findOrg } from '../orgs/org-store.ts';
import { memberAttributes } from './change-member.ts';
import { memberName } from './member-identity.ts';
import { findMember } from './member-store.ts';

/** @throws AppError `session.missing` when they were removed this moment */
export async function whoIs(db: Db, person: SignedIn) {
  const [org, member] = [
    await findOrg(db, person.orgId),
    await findMember(db, person.orgId, person.memberId),
  ];
  if (org === undefined || member === undefined) throw new AppError('session.missing', {});
  const rights = (Object.keys(accessPolicy) as Right[]).filter((right) => may(person, right));
  return {
    org: { id: org.id, name: org.name, slug: org.slug },
    member: {
      id: member.id,
      name: memberName(memberAttributes(member)),
      email: member.email,
      role: member.role,
    },
    sessionId: person.sessionId,
    rights,
  };
}
