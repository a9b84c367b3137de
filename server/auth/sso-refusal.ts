// Why somebody does not come in by their company's identity provider, as data: what they read, and what those who run the
// org find among the attempts. Knows words, no rule.

export interface SsoRefusal {
  readonly title: string;
  /** For whoever wanted to come in: what happened and what to do. */
  readonly text: string;
  /** For the list of attempts; `who` is a name or an address, `seen` what was found. */
  readonly told: (who: string, seen: string) => string;
}

const refusal = (title: string, text: string, told: SsoRefusal['told']): SsoRefusal => ({
  title,
  text,
  told,
});

const askAdmin = 'Ask an admin of your organisation';
const tellAdmin =
  'Tell an admin of your organisation: the settings of single sign-on show what was found, and what to do.';

/** Every reason by its name. Those below the line are found in the protocol, before anybody is known. */
export const ssoRefusals = {
  blocked: refusal(
    'You cannot sign in at the moment',
    `An admin has blocked your access. ${askAdmin} what to do.`,
    (who) => `${who} is blocked. Unblock them, and they can sign in.`,
  ),
  deactivated: refusal(
    'Your account is deactivated',
    `Your organisation’s directory says that you are no longer active. ${askAdmin} to activate you there.`,
    (who) => `${who} is deactivated in the directory. Activate them in the identity provider.`,
  ),
  removed: refusal(
    'You are no longer in the directory',
    `You were removed from it, and signing in does not bring you back. ${askAdmin} to add you again.`,
    (who) => `${who} was removed from the directory. Assign them again, or invite them.`,
  ),
  not_invited: refusal(
    'You have not been invited yet',
    `You are in the directory, and nobody has invited you so far. ${askAdmin} for an invitation.`,
    (who) =>
      `${who} is in the directory and not invited. Invite them, or let addresses of your domains join.`,
  ),
  unknown: refusal(
    'You are not in the directory',
    `Nobody has added or invited you. ${askAdmin} for an invitation.`,
    (who) => `${who} is not in the directory. Invite them, or let addresses of your domains join.`,
  ),
  may_be_known: refusal(
    'You may be in the directory already',
    `Nobody there has your address, and your organisation’s directory does not say under which id it sent you, so that nobody can tell. ${askAdmin} to look into it; nothing has happened.`,
    (who) =>
      `${who} may be somebody who is here already: provisioning sends another externalId than the id that people sign in with. Map that id to externalId, or invite them.`,
  ),
  waits_for_seat: refusal(
    'You are on the waiting list',
    'Every seat of your organisation is taken. As soon as one is free you get an invitation by mail; there is nothing to do until then.',
    (who) => `${who} waits for a seat: every one is taken.`,
  ),
  no_address: refusal(
    'Your identity provider does not say who you are',
    `It signs you in without an e-mail address, and nobody here is linked with you yet. ${tellAdmin}`,
    (who) =>
      `${who} came without an e-mail address. Let the identity provider send the “email” claim: for Entra ID, add it under “Token configuration”.`,
  ),
  address_unproven: refusal(
    'Your e-mail address is not verified',
    `Your identity provider knows an address of yours and does not vouch for it, so nobody can be linked with it. Verify it there; if there is no way to, ${askAdmin.toLowerCase()} for help.`,
    (who) =>
      `The identity provider does not say that the address of ${who} is verified, so it links with nobody. It has to send “email_verified”: true; of Entra ID, addresses of your verified domains count.`,
  ),
  linked_elsewhere: refusal(
    'Somebody else signs in as this person',
    `The person with your address is linked with another account at your identity provider. ${askAdmin} to look into it; nothing has happened to either.`,
    (who, seen) =>
      `${who} is linked with another account of the identity provider than ${seen}. If they were given a new account, let provisioning write its id into externalId, or unlink the old account: People, their name, “Single sign-on”.`,
  ),
  name_taken: refusal(
    'Somebody has a name like yours',
    `A person in the directory has your address as their sign-in name, with another mailbox. ${askAdmin} to look at that entry.`,
    (who) =>
      `The address of ${who} is the sign-in name of somebody else in the directory. Change that entry.`,
  ),
  // ---
  over: refusal(
    'This sign-in is over',
    'It was used, it is older than ten minutes, or it began in another browser. Begin again; nothing has happened.',
    () => 'A sign-in came back that was over.',
  ),
  settings_changed: refusal(
    'The settings have just changed',
    'While you signed in, your organisation changed how. Begin again.',
    () => 'The settings changed while somebody was signing in.',
  ),
  denied: refusal(
    'Your identity provider did not let you in',
    `It says that you may not use Rollcall, or you stopped halfway. If you should have access, ${askAdmin.toLowerCase()} to assign you to Rollcall there.`,
    (_who, seen) =>
      `The identity provider refused: ${seen} Look whether the person is assigned to the app there.`,
  ),
  client: refusal(
    'Single sign-on is not set up right',
    tellAdmin,
    (_who, seen) =>
      `The identity provider does not accept the client: ${seen} Enter the client secret that is valid now.`,
  ),
  token: refusal(
    'Single sign-on is not set up right',
    tellAdmin,
    (_who, seen) =>
      `The identity provider gave no token for its code: ${seen} Compare the redirect URI with the one shown here.`,
  ),
  clock: refusal(
    'The clocks do not agree',
    tellAdmin,
    (_who, seen) =>
      `The identity provider’s token is not valid at this server’s time: ${seen} Set the server’s clock by a time server.`,
  ),
  id_token: refusal(
    'Your identity provider’s answer was not accepted',
    `What it sent is not what it should be, so nobody was signed in. Begin again; if it stays so: ${tellAdmin.toLowerCase()}`,
    (_who, seen) => `The identity provider’s answer was not accepted: ${seen}`,
  ),
  unreachable: refusal(
    'Your identity provider does not answer',
    'Try again in a few minutes. If it stays so, tell an admin of your organisation.',
    (_who, seen) => `The identity provider could not be reached: ${seen}`,
  ),
} as const;

export type SsoReason = keyof typeof ssoRefusals;
