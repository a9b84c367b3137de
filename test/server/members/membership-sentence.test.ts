import { expect, test } from 'vitest';
import { type MembershipMove, membershipSentence } from '../../../server/members/membership-sentence.ts';

const joining: MembershipMove = {
  joined: true,
  group: 'Kiln Crew',
  groupRemoved: false,
  actor: { kind: 'connection', name: 'Our Okta' },
  oneself: false,
};
const leaving: MembershipMove = { ...joining, joined: false };
const ada = { kind: 'member', name: 'Ada Holm' } as const;

test.each<readonly [string, MembershipMove]>([
  ['Joined the group Kiln Crew by Our Okta', joining],
  ['Left the group Kiln Crew by Our Okta', leaving],
  ['Left the group Kiln Crew, which was removed by Our Okta', { ...leaving, groupRemoved: true }],
  ['Joined a group that was removed by Our Okta', { ...joining, group: undefined }],
  ['Left a group that was removed by Our Okta', { ...leaving, group: undefined }],
  ['Left a group that was removed by Our Okta', { ...leaving, group: undefined, groupRemoved: true }],
  ['Joined the group Kiln Crew by Ada Holm', { ...joining, actor: ada }],
  ['Joined the group Kiln Crew', { ...joining, actor: ada, oneself: true }],
  ['Left the group Kiln Crew', { ...leaving, actor: { kind: 'server', name: 'Rollcall' } }],
])('%s', (sentence, move) => {
  expect(membershipSentence(move)).toEqual({ sentence });
});
