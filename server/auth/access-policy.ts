// Who may do what, as sentences. Knows roles and one org setting; it asks no database and refuses nobody by itself.
import { type MemberRole, memberRoles } from '../../shared/member.ts';

/** Somebody signed in, and what their org lets members do. */
export interface Person {
  readonly memberId: string;
  readonly role: MemberRole;
  readonly membersMayInvite: boolean;
}

type Rule = (person: Person) => boolean;

const everybody: Rule = () => true;
const admins: Rule = ({ role }) => role === 'owner' || role === 'admin';
const owners: Rule = ({ role }) => role === 'owner';
const whoeverMayInvite: Rule = (person) => admins(person) || person.membersMayInvite;

/** Everything that asks for a right, and who has it. */
export const accessPolicy = {
  'see their own profile': everybody,
  'end their own sessions': everybody,
  'invite people': whoeverMayInvite,
  'see members': admins,
  'change members': admins,
  'see and nudge pending invitations': admins,
  'see the org’s settings': admins,
  'change the org’s settings': owners,
  'see connections and what they sent': admins,
  'change connections and tokens': owners,
  'put findings aside': admins,
  'map groups to roles': owners,
  'approve and restore removals': admins,
  'see the audit log': admins,
  'see and send mail again': admins,
  'see single sign-on': admins,
  'change single sign-on': owners,
  'see machine clients': admins,
  'change machine clients': owners,
  'see webhooks': admins,
  'change webhooks': owners,
  'see custom attributes': admins,
  'change custom attributes': owners,
} as const satisfies Record<string, Rule>;

export type Right = keyof typeof accessPolicy;

export function may(person: Person, right: Right): boolean {
  return accessPolicy[right](person);
}

/** The roles that somebody may give: nobody makes anybody more than they are. */
export function rolesToGive({ role }: Pick<Person, 'role'>): readonly MemberRole[] {
  return memberRoles.slice(memberRoles.indexOf(role));
}

/** Whether somebody may change a person of that role: owners are changed by owners only. */
export function mayChange({ role }: Pick<Person, 'role'>, target: MemberRole): boolean {
  return role === 'owner' || target !== 'owner';
}
