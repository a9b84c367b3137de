// Setting up any other identity provider: the steps that all of them have. Data; no console is known by its words.
import { enterpriseUserUrn } from '../scim/protocol/enterprise-user-schema.ts';
import { isEmailLike } from './expected-value.ts';
import type { Setup } from './setup-step.ts';

const nowhere = { labels: [], link: null, pages: [] } as const;

export const otherSetup: Setup = {
  console: 'Your identity provider',
  frontPages: [],
  steps: [
    {
      ...nowhere,
      id: 'credentials',
      title: 'Paste base URL and token',
      note: 'Choose SCIM 2.0 with a bearer token. Then let it test the connection.',
      shows: 'credentials',
      proof: {
        by: 'requests',
        all: ['reached'],
        sentence: (call) => `Your identity provider called ${call} with this token`,
      },
    },
    {
      ...nowhere,
      id: 'users',
      title: 'Send people',
      note: 'Map the e-mail address to userName.',
      shows: 'attributes',
      proof: {
        by: 'requests',
        all: ['arrived'],
        sentence: (call) => `The first person came with ${call}`,
      },
    },
    {
      ...nowhere,
      id: 'groups',
      title: 'Send groups',
      note: 'Without groups, give roles by hand and tick this here.',
      shows: null,
      proof: { by: 'requests', all: ['group', 'members'] },
    },
    {
      ...nowhere,
      id: 'test-person',
      title: 'Try it with one test person',
      note: 'Create, rename, deactivate, bring back: each ticks as it arrives.',
      shows: 'test_person',
      proof: { by: 'requests', all: ['created', 'updated', 'deactivated', 'reactivated'] },
    },
  ],
  attributes: [
    { attribute: 'userName', source: 'e-mail address', required: true, looksRight: isEmailLike },
    { attribute: 'emails', source: 'e-mail address', required: true, looksRight: isEmailLike },
    { attribute: 'name.givenName', source: 'given name', required: true },
    { attribute: 'name.familyName', source: 'family name', required: true },
    { attribute: 'displayName', source: 'full name', required: false },
    { attribute: 'title', source: 'job title', required: false },
    { attribute: `${enterpriseUserUrn}:employeeNumber`, source: 'employee number', required: false },
    { attribute: `${enterpriseUserUrn}:department`, source: 'department', required: false },
    { attribute: `${enterpriseUserUrn}:manager`, source: 'manager', required: false },
  ],
};
