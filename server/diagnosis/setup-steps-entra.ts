// Setting up Entra ID, step by step, in the words of its admin center. Data; what it comes to is for others to say.
import { isGuid } from '../auth/directory-id.ts';
import { enterpriseUserUrn } from '../scim/protocol/enterprise-user-schema.ts';
import { isEmailLike, isTenantName } from './expected-value.ts';
import type { Setup } from './setup-step.ts';

const center = 'https://entra.microsoft.com/#view/Microsoft_AAD_IAM';
const blade = (name: string) =>
  `${center}/ManagedAppMenuBlade/~/${name}/objectId/{servicePrincipalId}/appId/{appId}`;

const isMailbox = (value: string) => isEmailLike(value) && !isTenantName(value);

/** @see learn.microsoft.com: use SCIM to provision users and groups */
export const entraSetup: Setup = {
  console: 'Entra',
  frontPages: ['https://entra.microsoft.com/'],
  steps: [
    {
      id: 'app',
      title: 'Create the enterprise application',
      note: 'If people sign in to Rollcall through Entra already, use that application.',
      labels: [
        'Enterprise apps',
        'New application',
        'Create your own application',
        'Integrate any other application you don’t find in the gallery (Non-gallery)',
        'Create',
      ],
      link: `${center}/StartboardApplicationsMenuBlade/~/AppAppsPreview`,
      pages: ['StartboardApplicationsMenuBlade'],
      shows: null,
      proof: {
        by: 'requests',
        all: ['reached'],
        sentence: (call) => `Entra called ${call}, so the application is there`,
      },
    },
    {
      id: 'automatic',
      title: 'Turn on automatic provisioning',
      note: 'In the older console: Get started, then Provisioning Mode: Automatic.',
      labels: ['Provisioning', 'Connect your application', 'New provisioning configuration'],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: null,
      proof: {
        by: 'requests',
        all: ['reached'],
        sentence: (call) => `Entra called ${call}, so provisioning is automatic`,
      },
    },
    {
      id: 'credentials',
      title: 'Paste tenant URL and secret token',
      note: 'Copy both, then press Test Connection. Entra follows the standard more closely when the tenant URL ends in ?aadOptscim062020; Rollcall understands both.',
      labels: ['Provisioning', 'Admin Credentials', 'Test Connection', 'Save'],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: 'credentials',
      proof: {
        by: 'requests',
        all: ['reached'],
        sentence: (call) => `Entra called ${call} with this token`,
      },
    },
    {
      id: 'mappings',
      title: 'Map the attributes',
      note: 'Map objectId to externalId before the first cycle: Entra begins with mailNickname there, and sign-in does not know people by it. Leave the mapping of groups enabled too.',
      labels: ['Provisioning', 'Mappings', 'Provision Microsoft Entra ID Users'],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: 'attributes',
      proof: { by: 'attributes' },
    },
    {
      id: 'actions',
      title: 'Tick create, update, delete',
      note: 'Entra deactivates people by an update. Each counts once Entra has sent such a change.',
      labels: [
        'Provisioning',
        'Mappings',
        'Provision Microsoft Entra ID Users',
        'Target Object Actions',
        'Create',
        'Update',
        'Delete',
        'Save',
      ],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: null,
      proof: { by: 'requests', all: ['created', 'updated', 'deactivated'] },
    },
    {
      id: 'assign',
      title: 'Assign people and groups',
      note: 'Assign one person first and see them arrive here, then the rest. Entra does not open groups within groups.',
      labels: ['Users and groups', 'Add user/group', 'None selected', 'Select', 'Assign'],
      link: blade('Users'),
      pages: ['/~/Users'],
      shows: null,
      proof: {
        by: 'requests',
        all: ['arrived'],
        sentence: (call) => `The first person came with ${call}`,
      },
    },
    {
      id: 'groups',
      title: 'Send groups with their members',
      note: 'An assigned group comes with its direct members. To assign groups takes an Entra ID P1 licence; without one, tick this by hand.',
      labels: ['Provisioning', 'Mappings', 'Provision Microsoft Entra ID Groups', 'Enabled', 'Yes', 'Save'],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: null,
      proof: { by: 'requests', all: ['group', 'members'] },
    },
    {
      id: 'scope',
      title: 'Scope is assigned users and groups only',
      note: 'Entra does not show its settings on the wire. Set a notification e-mail and Prevent accidental deletion there too, then tick it here.',
      labels: ['Provisioning', 'Settings', 'Scope', 'Sync only assigned users and groups', 'Save'],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: null,
      proof: { by: 'hand' },
    },
    {
      id: 'start',
      title: 'Start provisioning',
      note: 'In the older console: Provisioning Status: On, then Save. Entra calls about every 40 minutes from then on; the second time shows that it runs. Provision on demand does not start it.',
      labels: ['Provisioning', 'Overview', 'Start provisioning'],
      link: blade('Provisioning'),
      pages: ['/~/Provisioning', 'ProvisioningMenuBlade'],
      shows: null,
      proof: {
        by: 'requests',
        all: ['cycle'],
        sentence: (call) => `Entra came back with ${call} in its rhythm of 40 minutes`,
      },
    },
    {
      id: 'sso',
      title: 'Sign-in uses the same application',
      note: 'Paste the addresses into the app registration: the redirect URI for the platform Web, the initiate login URI as Home page URL. Then enter issuer, client ID and client secret in Rollcall under Settings, Single sign-on, and sign in once. If people are not to sign in through Entra, tick it here.',
      labels: ['Single sign-on', 'Go to application', 'Authentication', 'Add a platform', 'Web'],
      link: blade('SignOn'),
      pages: ['/~/SignOn'],
      shows: 'single_sign_on',
      proof: { by: 'sign-in' },
    },
    {
      id: 'test-person',
      title: 'Try it with one test person',
      note: 'Create, rename, disable, enable by Provision on demand: each ticks as it arrives.',
      labels: ['Provisioning', 'Provision on demand'],
      link: blade('Provisioning'),
      pages: [],
      shows: 'test_person',
      proof: { by: 'requests', all: ['created', 'updated', 'deactivated', 'reactivated'] },
    },
  ],
  attributes: [
    { attribute: 'userName', source: 'userPrincipalName', required: true, looksRight: isMailbox },
    { attribute: 'displayName', source: 'displayName', required: true },
    { attribute: 'emails', source: 'mail', required: true, looksRight: isEmailLike },
    { attribute: 'name.givenName', source: 'givenName', required: true },
    { attribute: 'name.familyName', source: 'surname', required: true },
    { attribute: 'externalId', source: 'objectId', required: true, looksRight: isGuid },
    { attribute: 'title', source: 'jobTitle', required: false },
    { attribute: `${enterpriseUserUrn}:employeeNumber`, source: 'employeeId', required: false },
    { attribute: `${enterpriseUserUrn}:department`, source: 'department', required: false },
    { attribute: `${enterpriseUserUrn}:manager`, source: 'manager', required: false },
  ],
};
