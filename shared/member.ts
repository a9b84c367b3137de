// The words for a person in the directory, as the server, the extension and the database spell them.

/** What an admin sees; how it follows from the facts is the lifecycle's business. */
export const memberStatuses = ['not_invited', 'invited', 'active', 'blocked', 'deactivated'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

export const memberRoles = ['owner', 'admin', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];

/** Why something may not happen to a member now, each as the end of the sentence "Noor Haddad …". */
export const lifecycleRefusals = {
  already_active: 'is active already',
  already_invited: 'is invited already',
  already_blocked: 'is blocked already',
  already_deactivated: 'is deactivated already',
  not_invited: 'has no pending invitation',
  not_blocked: 'is not blocked',
  not_deactivated: 'is not deactivated',
  is_blocked: 'is blocked; unblock them first',
  is_deactivated: 'is deactivated; reactivate them first',
} as const;

export type LifecycleRefusal = keyof typeof lifecycleRefusals;
