// The words for a person in the directory, as the server, the extension and the database spell them.

/** What an admin sees; how it follows from the facts is the lifecycle's business. */
export const memberStatuses = ['not_invited', 'invited', 'active', 'blocked', 'deactivated'] as const;
export type MemberStatus = (typeof memberStatuses)[number];

export const memberRoles = ['owner', 'admin', 'member'] as const;
export type MemberRole = (typeof memberRoles)[number];
