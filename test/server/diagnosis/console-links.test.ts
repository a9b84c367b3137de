import { describe, expect, test } from 'vitest';
import { consoleHref, readConsoleAddress } from '../../../server/diagnosis/console-links.ts';
import { setups } from '../../../server/diagnosis/setups.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';

const principal = '5b0f9c1e-7d24-4a63-9b8f-2e6a1c7d4f05';
const appId = '0c4f7e92-16ab-4d3f-8e51-b7d90a2c6e38';
const oktaPage = 'https://larkspur-admin.okta.com/admin/app/oidc_client/instance/0oa1b2C3';
const okta = { org: 'larkspur', domain: 'okta.com', app: 'oidc_client', instance: '0oa1b2C3' };
const entra = { servicePrincipalId: principal, appId };
const entraPage = 'Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Provisioning';

test.each([
  ['okta', `${oktaPage}/#tab-general`, okta],
  ['okta', `${oktaPage}?sessionToken=20111ajGdPzt#tab-provisioning`, okta],
  ['okta', oktaPage.replace('okta.com', 'oktapreview.com'), { ...okta, domain: 'oktapreview.com' }],
  ['okta', oktaPage.replace('okta.com', 'okta-emea.com'), { ...okta, domain: 'okta-emea.com' }],
  ['entra', `https://entra.microsoft.com/#view/${entraPage}/objectId/${principal}/appId/${appId}`, entra],
  [
    'entra',
    `https://portal.azure.com/?feature.x=1#@larkspur.example/view/${entraPage}/objectId/${principal}/appId/${appId}/preferredSingleSignOnMode~/null`,
    entra,
  ],
] as const)('%s: %s', (kind, address, ids) => {
  expect(readConsoleAddress(kind, address)).toEqual(ids);
});

test.each([
  ['okta', 'https://larkspur-admin.okta.com/admin/apps/active'],
  ['okta', 'https://larkspur.okta.com/admin/app/oidc_client/instance/0oa1b2C3'],
  ['okta', 'https://larkspur-admin.okta.com.tern.example/admin/app/oidc_client/instance/0oa1b2C3'],
  ['okta', 'http://larkspur-admin.okta.com/admin/app/oidc_client/instance/0oa1b2C3'],
  ['okta', 'https://tern.example/?at=https://larkspur-admin.okta.com/admin/app/x/instance/0oa1b2C3'],
  ['okta', `https://entra.microsoft.com/#view/${entraPage}/objectId/${principal}/appId/${appId}`],
  ['entra', `${oktaPage}/#tab-general`],
  ['entra', `https://entra.microsoft.com/#view/${entraPage}/objectId/${principal}`],
  ['entra', `https://entra.microsoft.com/#view/${entraPage}/objectId/x/appId/y`],
  ['other', `${oktaPage}/#tab-general`],
  ['okta', 'larkspur'],
] as const)('%s does not remember %s', (kind, address) => {
  expect(() => readConsoleAddress(kind, address)).toThrow(/^This address does not lead to an app/);
});

describe('a step leads', () => {
  test.each([
    ['to its page, once the app is known', 'okta', 'actions', okta, `${oktaPage}/#tab-provisioning`],
    ['to the front page before', 'okta', 'actions', {}, 'https://login.okta.com/'],
    [
      'to its page, once the application is known',
      'entra',
      'sso',
      entra,
      `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/SignOn/objectId/${principal}/appId/${appId}`,
    ],
    ['to the front page before', 'entra', 'sso', {}, 'https://entra.microsoft.com/'],
    ['nowhere, where no console is known', 'other', 'users', {}, null],
  ] as const)('%s', (_where, kind, stepId, ids, href) => {
    expect(consoleHref(kind, stepId, ids)).toBe(href);
  });
});

test('every link of every step is an address once its ids are known', () => {
  const ids: Readonly<Record<string, string>> = { ...okta, ...entra };
  for (const [kind, { steps }] of Object.entries(setups))
    for (const { id, link } of steps) {
      const href = consoleHref(kind as ConnectionKind, id, ids);
      if (link !== null) expect(href).toBe(link.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? '?'));
      expect(String(href)).not.toContain('{');
    }
});
