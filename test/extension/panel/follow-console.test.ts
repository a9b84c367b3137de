// Which step an address of a console leads to, which hosts are asked for, and what is none of the panel's business.
import { describe, expect, test } from 'vitest';
import { consoleOrigins, everyOrigin, stepAt, tellsNewIds } from '../../../extension/panel/follow-console.ts';
import { entraSetup } from '../../../server/diagnosis/setup-steps-entra.ts';
import { oktaSetup } from '../../../server/diagnosis/setup-steps-okta.ts';
import { checklistOf, withStates } from './checklist-sample.ts';

const oktaApp =
  'https://larkspur-admin.okta.com/admin/app/larkspur_rollcall_1/instance/0oa1b2c3d4E5F6g7h8i9/';
const ids = '/objectId/11111111-2222-3333-4444-555555555555/appId/66666666-7777-8888-9999-000000000000';
const entraApp = `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Users${ids}`;
const okta = checklistOf('okta', oktaSetup.steps);
const entra = checklistOf('entra', entraSetup.steps);

describe('the step of an address', () => {
  test.each([
    ['https://larkspur-admin.okta.com/admin/apps/active', 'app'],
    [`${oktaApp}#tab-general`, 'scim-on'],
    [`${oktaApp}#tab-signon`, 'username-format'],
    [`${oktaApp}#tab-group-push`, 'push-groups'],
    ['https://larkspur-admin.oktapreview.com/admin/app/a/instance/b/#tab-assignments', 'assign'],
  ])('Okta: %s', (address, step) => {
    expect(stepAt(okta, address, undefined)?.id).toBe(step);
  });

  test.each([
    [entraApp, 'assign'],
    [entraApp.replace('Users', 'SignOn'), 'sso'],
    [entraApp.replace('entra.microsoft.com', 'portal.azure.com'), 'assign'],
    [
      'https://entra.microsoft.com/#view/Microsoft_AAD_IAM/StartboardApplicationsMenuBlade/~/AppAppsPreview',
      'app',
    ],
  ])('Entra: %s', (address, step) => {
    expect(stepAt(entra, address, undefined)?.id).toBe(step);
  });

  test('of several steps on one page, the open one stays', () => {
    expect(stepAt(okta, `${oktaApp}#tab-provisioning`, 'mappings')?.id).toBe('mappings');
  });

  test('of several steps on one page, the first that is not done comes', () => {
    const begun = withStates(okta, { credentials: 'done' });
    expect(stepAt(begun, `${oktaApp}#tab-provisioning`, 'assign')?.id).toBe('actions');
  });

  test('of steps that are all done, the last one comes', () => {
    const done = withStates(okta, { credentials: 'done', actions: 'done', mappings: 'done' });
    expect(stepAt(done, `${oktaApp}#tab-provisioning`, undefined)?.id).toBe('mappings');
  });

  test.each([
    undefined,
    'about:blank',
    'https://larkspur.okta.com/admin/apps/active',
    'https://evil-admin.okta.com.example/admin/apps/active',
    'http://larkspur-admin.okta.com/admin/apps/active',
    'https://example.com/#tab-signon',
    entraApp,
  ])('none for Okta at %s', (address) => {
    expect(stepAt(okta, address, undefined)).toBeUndefined();
  });
});

describe('the ids in an address', () => {
  test('are new as long as none are known', () => {
    expect(tellsNewIds(okta, `${oktaApp}#tab-general`)).toBe(true);
    expect(tellsNewIds(entra, entraApp)).toBe(true);
  });

  test('are not new once they are known', () => {
    const console = {
      org: 'larkspur',
      domain: 'okta.com',
      app: 'larkspur_rollcall_1',
      instance: '0oa1b2c3d4E5F6g7h8i9',
    };
    expect(tellsNewIds({ ...okta, console }, oktaApp)).toBe(false);
    expect(tellsNewIds({ ...okta, console: { ...console, instance: '0oaOther' } }, oktaApp)).toBe(true);
  });

  test.each([
    'https://larkspur-admin.okta.com/admin/apps/active',
    'https://example.com/admin/app/a/instance/b/',
  ])('are not in %s', (address) => expect(tellsNewIds(okta, address)).toBe(false));
});

describe('the origins asked for', () => {
  test('are those of the console, and no more', () => {
    expect(consoleOrigins(okta)).toEqual([
      'https://*.okta.com/*',
      'https://*.oktapreview.com/*',
      'https://*.okta-emea.com/*',
    ]);
    expect(consoleOrigins(entra)).toEqual(['https://entra.microsoft.com/*', 'https://portal.azure.com/*']);
    expect(consoleOrigins({ kind: 'other', console: {} })).toEqual([]);
  });

  test('are the one host of the org once it is known, while everything ever asked for is given back', () => {
    const known = { ...okta, console: { org: 'larkspur', domain: 'okta.com' } };
    expect(consoleOrigins(known)).toEqual(['https://larkspur-admin.okta.com/*']);
    expect(everyOrigin(known)).toEqual(['https://larkspur-admin.okta.com/*', ...consoleOrigins(okta)]);
  });
});
