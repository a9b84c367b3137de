// The catalogue of 55 troubles that identity providers have with servers, by number: for each, the rules that find it or
// where it is proven that it is handled and leaves nothing to find. Data; the numbers are those of `faults.ts`, too.

interface Covered {
  readonly trouble: string;
  /** What finds it. */
  readonly rules?: readonly string[];
  /** A file below test/ and words in it: a test's name, or the name of a recorded exchange that is played there. */
  readonly handled?: readonly (readonly [file: string, words: string])[];
}

const here = 'server/diagnosis/sessions/handled-cases.test.ts';
const profile = 'scim/rfc/interop-profile.test.ts';

export const caseCoverage: Readonly<Record<number, Covered>> = {
  1: {
    trouble: 'The token is wrong, revoked or expired',
    rules: [
      'token.unknown',
      'token.revoked_used',
      'token.expired_used',
      'token.none_live',
      'token.decorated',
      'token.missing',
      'token.other_scheme',
      'token.client_refused',
    ],
  },
  2: { trouble: 'The word Bearer twice', rules: ['token.bearer_twice'] },
  3: { trouble: 'No word Bearer', rules: ['token.bearer_missing'] },
  4: { trouble: 'Secret Token left blank', rules: ['token.blank'] },
  5: { trouble: 'The base URL lacks or doubles its path', rules: ['url.wrong_path'] },
  6: { trouble: 'A firewall refuses and nothing arrives', rules: ['silence.nothing_arrived'] },
  7: {
    trouble: 'Accept and Content-Type of any kind',
    handled: [
      ['scim/rfc/messages.test.ts', 'Accept of either JSON type, of anything, or none at all is answered'],
      ['scim/rfc/messages.test.ts', 'both JSON types are taken in, with or without charset'],
    ],
  },
  8: { trouble: 'A proxy answers with a page', rules: ['silence.nothing_arrived'] },
  9: {
    trouble: 'A list without its shape',
    handled: [['scim/rfc/retrieving.test.ts', 'a list is a ListResponse with integer counts']],
  },
  10: { trouble: 'Assigned before provisioning was on', rules: ['silence.nobody_arrived'] },
  11: { trouble: 'Create is not ticked', rules: ['create.never_follows'] },
  12: { trouble: 'Provisioning was never started', rules: ['silence.nobody_arrived'] },
  13: {
    trouble: 'Quarantine, or a job that stopped',
    rules: ['silence.entra_quiet', 'silence.entra_quarantine'],
  },
  14: { trouble: 'Pushed and not assigned', rules: ['group.unknown_members'] },
  15: { trouble: 'One group to assign and to push', rules: ['group.assigned_and_pushed'] },
  16: { trouble: 'A pushed group was removed here', rules: ['group.gone'] },
  17: {
    trouble: 'Members to remove, in a list',
    handled: [
      ['scim/idp/entra/33-group-remove-member.json', 'Remove a member by listing it'],
      [here, 'booleans as text and members to remove in a list mean what they say'],
    ],
  },
  18: {
    trouble: 'Members in POST and PUT of a group',
    handled: [
      ['scim/idp/okta/30-group-push-create-members.json', '"members"'],
      ['idp/healthy-session.test.ts', 'assigns, changes, deactivates, returns and pushes groups'],
    ],
  },
  19: {
    trouble: 'Operations with capitals',
    handled: [[profile, 'capital operations and booleans as strings']],
  },
  20: {
    trouble: 'Booleans as text',
    handled: [
      ['scim/idp/entra/38-disable-string.json', 'active is the string'],
      [here, 'booleans as text and members to remove in a list mean what they say'],
    ],
  },
  21: {
    trouble: 'A filter path to an entry that is not there',
    handled: [['scim/idp/entra/20-patch-typed-entry-missing.json', 'a phone number that is not there yet']],
  },
  22: {
    trouble: 'Dotted keys in an operation without a path',
    handled: [['scim/idp/entra/18-patch-flagged.json', 'one operation without a path whose keys are paths']],
  },
  23: {
    trouble: 'Matching by externalId',
    handled: [[here, 'by externalId works like matching by userName']],
  },
  24: {
    trouble: 'externalId from a nickname',
    rules: ['external_id.no_guid', 'external_id.other_than_sign_in'],
  },
  25: {
    trouble: 'Somebody who was invited by hand arrives',
    handled: [
      ['server/provisioning/provision-member.test.ts', 'invited by hand: adopted under the same id'],
      ['server/provisioning/provision-member.test.ts', 'known by address only: adopted'],
    ],
  },
  26: {
    trouble: '409 that says why',
    handled: [[profile, 'every uniqueness conflict is 409 uniqueness, on POST, PUT and PATCH']],
  },
  27: {
    trouble: 'Somebody returns',
    handled: [
      ['server/provisioning/provision-member.test.ts', 'back under the old userName: restored'],
      ['server/provisioning/provision-member.test.ts', 'back under the old externalId and a new userName'],
    ],
  },
  28: {
    trouble: 'Invited counts as active',
    handled: [[here, 'somebody who is invited and has not joined']],
  },
  29: {
    trouble: 'userName is no address, or of the tenant',
    rules: ['user_name.no_address', 'user_name.no_mailbox'],
  },
  30: { trouble: 'userName differs from the address', rules: ['user_name.other_address'] },
  31: { trouble: 'A domain that is not verified', rules: ['domain.not_verified'] },
  32: { trouble: 'No free seat', rules: ['seats.none_free'] },
  33: { trouble: 'The last owner is deprovisioned', rules: ['member.last_owner'] },
  34: {
    trouble: 'A mass removal by mistake is held',
    handled: [
      ['server/provisioning/deprovision-safeguards.test.ts', 'the eleventh opens a hold with all of them'],
      ['server/provisioning/hold.test.ts', 'is restored to what was there before'],
    ],
  },
  35: {
    trouble: 'Access that outlives deprovisioning',
    handled: [['server/provisioning/apply-directory-change.test.ts', 'deactivate ends the sessions']],
  },
  36: { trouble: 'Update is not ticked', rules: ['actions.never_updated'] },
  37: {
    trouble: 'Names with &, brackets, quotes and umlauts',
    handled: [
      ['server/scim/protocol/filter.test.ts', 'Malley & Søn [Ltd]'],
      ['idp/healthy-session.test.ts', 'Studio (Early) & Co'],
    ],
  },
  38: { trouble: 'Two groups of one name', rules: ['group.name_taken'] },
  39: {
    trouble: 'Groups within groups are not opened',
    handled: [[here, 'groups within groups are not opened by Entra']],
  },
  40: {
    trouble: 'A value that will not clear',
    handled: [[here, 'a value that was emptied in Entra stays']],
  },
  41: { trouble: 'Enterprise attributes outside their schema', rules: ['mapping.enterprise_misplaced'] },
  42: {
    trouble: 'A password in every POST',
    handled: [[profile, 'a password is taken without an error and never comes back']],
  },
  43: {
    trouble: 'DELETE answers 204',
    handled: [['scim/rfc/deleting.test.ts', 'a successful DELETE is 204 without a body']],
  },
  44: {
    trouble: 'A write that changes nothing',
    handled: [[profile, 'a PATCH that changes nothing succeeds']],
  },
  45: {
    trouble: 'The manager is set in every cycle',
    handled: [
      [here, 'a manager can be read back'],
      ['scim/idp/entra/22-manager-reference-check.json', 'Ask whether this person has this manager'],
    ],
  },
  46: {
    trouble: 'Group changes at the same moment',
    handled: [['scim/concurrency.test.ts', '200 membership changes of one group lose nothing']],
  },
  47: { trouble: 'externalId in the place of the id', rules: ['id.external_used'] },
  48: {
    trouble: 'Pages that repeat or never end',
    handled: [
      ['scim/paging-under-writes.test.ts', 'every page by index is the slice of the whole list'],
      ['scim/rfc/sorting-and-paging.test.ts', 'a startIndex beyond the end gives an empty page'],
    ],
  },
  49: { trouble: 'A token expires unnoticed', rules: ['token.expiring'] },
  50: {
    trouble: 'Entra shows an error that is over',
    handled: [
      [here, 'what Entra still shows of an error is over here'],
      [
        'server/diagnosis/read-sync-status.test.ts',
        'what blocks needs attention, until a request is accepted',
      ],
    ],
  },
  51: {
    trouble: 'On demand and in cycles, two dialects',
    handled: [[here, 'on demand with capitals and in cycles without comes to the same']],
  },
  52: { trouble: 'Roles that nothing maps', rules: ['roles.not_read'] },
  53: { trouble: 'Two identity providers on one connection', rules: ['client.two_kinds'] },
  54: {
    trouble: 'A test person who is created and deleted',
    handled: [[here, 'leaves no seat taken, no open invitation and no finding']],
  },
  55: { trouble: 'SCIM 1.1', rules: ['client.scim_1_1'] },
};
