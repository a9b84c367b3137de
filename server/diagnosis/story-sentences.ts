// The sentences of explanations that no event and no finding has already, as data. Knows no rule for when each is said.

/** What is so. */
export const facts = {
  hasAccess: (name: string) => `${name} has access.`,
  arrivedInactive: (caller: string) => `${caller} sent them as inactive, and has not made them active since.`,
  blockedToo: 'Blocked by the org, too.',
  held: 'This was part of a mass removal that is held and waits for an admin.',
  reminded: (times: number) => `Reminded ${times === 1 ? 'once' : `${times} times`}.`,
  remindersOff: (name: string) => `${name} asked for no more reminders.`,
  seatsTaken: (seats: number) =>
    seats === 1 ? 'The only seat is taken.' : `All ${seats.toLocaleString('en')} seats are taken.`,
  noAddress: (userName: string) => `“${userName}” is no e-mail address, so there is nowhere to invite them.`,
  noDomain: (domain: string) => `Invitations go to verified domains only, and ${domain} is not one.`,
  notAutomatic: 'Automatic invitations are off, so that nobody is invited on arrival.',
  role: (role: string, group: string) => `The role ${role} comes from the group ${group}.`,
  alsoOf: (other: string) => `The same address belongs to ${other}, too.`,
  lastHeard: (state: string) => `${state} This is when it last called.`,
  erased: 'Their personal data are erased, so that nobody can be put back.',
  keptUntil: 'What is kept of them is erased after the time that the settings give removed people.',
  neverSeen: (text: string) => `Nobody in the directory has the name, address or id “${text}”.`,
  refusedWhenSent: (connection: string, detail: string) =>
    `${connection} sent them and was refused: ${detail}`,
  noConnection: 'No identity provider is connected.',
  neverTested: (connection: string) => `${connection} has not been tested: nothing has arrived from it yet.`,
  neverSent: (connection: string) => `${connection} works, and has not sent anybody of that name.`,
  alike: (name: string, address: string) => `${name} is here as ${address}: perhaps that is who you mean.`,
} as const;

/** What to do. Buttons are called as they are in the extension. */
export const advice = {
  unblock: (name: string) => `Press Unblock to let ${name} in again; no identity provider can.`,
  comesFirst: (name: string) => `${name} stays blocked until you press Unblock.`,
  decideHold: 'Open Held removals, then press Restore to bring everybody back, or Approve.',
  nudge: (name: string) => `Press Nudge to remind ${name}, or Resend for a new link.`,
  mendAddress: 'See whether the address is right, then press Resend.',
  freeSeat: 'Raise the seat limit, or deactivate somebody who left: whoever waits longest takes the seat.',
  verifyDomain: (domain: string) => `Verify ${domain} under Settings, Domains.`,
  sendAddress: (caller: string) => `Send an e-mail address from ${caller}; the invitation can go out then.`,
  invite: (name: string) => `Press Invite to send ${name} an invitation.`,
  inviteAll: 'Turn on automatic invitations under Settings, Invitations, to invite whoever arrives.',
  assignAgain: (caller: string) => `Assign them again in ${caller}: they arrive as somebody new.`,
  inviteAgain: (name: string) => `Invite ${name} again; they start anew.`,
  assign: (caller: string) => `See in ${caller} whether the app is assigned to them, and under which name.`,
  connect: 'Connect an identity provider, or invite them by their address.',
  test: (connection: string) =>
    `Paste the base URL and the token of ${connection}, then test the connection.`,
} as const;
