// Where webhooks are not sent, however the address is written and whatever DNS says.
import type { LookupAddress } from 'node:dns';
import { expect, onTestFinished, test } from 'vitest';
import { createOutgoing, type Resolve } from '../../../server/core/outgoing.ts';
import { changeWebhook, createWebhook } from '../../../server/webhooks/change-webhook.ts';
import { testWebhook } from '../../../server/webhooks/test-webhook.ts';
import { asOperator, openReceiver, openWebhookDesk, refuse } from '../../helpers/webhook-desk.ts';

/** A desk whose server reaches only the public internet, with a DNS of the test's. */
async function publicDesk(resolve: Resolve = async () => []) {
  const desk = await openWebhookDesk('sqlite');
  const outgoing = createOutgoing({ allowedNetworks: [], resolve });
  onTestFinished(() => outgoing.close());
  const deps = { ...desk.deps, outgoing };
  const make = (url: string) =>
    createWebhook(deps, asOperator(desk.directory.orgId), { name: 'Payroll', url, eventTypes: null });
  return { ...desk, deps, outgoing, make };
}

const refused = [
  'https://127.0.0.1/',
  'https://127.8.8.8/',
  'https://0.0.0.0/',
  'https://10.0.0.1/',
  'https://172.16.9.9/',
  'https://192.168.1.1/',
  'https://169.254.169.254/latest/meta-data/',
  'https://100.64.0.1/',
  'https://[::1]/',
  'https://[fe80::1]/',
  'https://[fd00:ec2::254]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:a9fe:a9fe]/',
  'https://[64:ff9b::7f00:1]/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'http://hooks.larkspur.example/',
  'http://9.9.9.9/',
  'https://ada:secret@hooks.larkspur.example/',
  'https://:secret@hooks.larkspur.example/',
  'ftp://hooks.larkspur.example/',
  'file:///etc/passwd',
];

test.each(refused)('%s cannot be entered', async (url) => {
  const { make, directory } = await publicDesk();
  await expect(make(url)).rejects.toMatchObject({ code: 'webhook.unusable_address' });
  expect(await directory.db.selectFrom('webhook_endpoints').select('id').execute()).toEqual([]);
});

test('an endpoint cannot be moved to such an address either', async () => {
  const { make, deps, directory, endpoint } = await publicDesk();
  const { endpointId } = await make('https://hooks.larkspur.example/');
  const change = changeWebhook(deps, asOperator(directory.orgId), { endpointId, url: 'https://[::1]/' });
  await expect(change).rejects.toMatchObject({ code: 'webhook.unusable_address' });
  expect((await endpoint(endpointId)).url).toBe('https://hooks.larkspur.example/');
});

const inner: readonly (readonly LookupAddress[])[] = [
  [{ address: '127.0.0.1', family: 4 }],
  [{ address: '169.254.169.254', family: 4 }],
  [{ address: '::1', family: 6 }],
  [{ address: '::ffff:10.0.0.1', family: 6 }],
  [
    { address: '93.184.215.14', family: 4 },
    { address: '10.0.0.1', family: 4 },
  ],
];

test.each(inner)('a name that leads to $address is not sent to', async (...addresses) => {
  const { make, deps, directory } = await publicDesk(async () => addresses);
  const { endpointId } = await make('https://hooks.larkspur.example/');
  const attempt = await testWebhook(deps, directory.orgId, endpointId);
  expect(attempt).toMatchObject({ delivered: false, status: null });
  expect(attempt.outcome).toContain('hooks.larkspur.example is not an address that this server sends to');
});

test('a name that changes its mind between two looks is asked once for each connection, and that answer holds', async () => {
  const receiver = await openReceiver();
  let asked = 0;
  const { make, deps, directory } = await publicDesk(async () => {
    asked += 1;
    // Public when it is looked at, and this machine a moment later.
    return asked % 2 === 1 ? [{ address: '192.0.2.1', family: 4 }] : [{ address: '127.0.0.1', family: 4 }];
  });
  const { port } = new URL(receiver.url);
  const { endpointId } = await make(`https://hooks.larkspur.example:${port}/`);
  for (let n = 0; n < 4; n++) {
    const { delivered } = await testWebhook(deps, directory.orgId, endpointId);
    expect(delivered).toBe(false);
  }
  expect(asked).toBe(4);
  expect(receiver.received).toEqual([]);
});

test('a receiver that redirects inward leads nowhere', async () => {
  const inside = await openReceiver();
  const { subscribe, deps, directory } = await openWebhookDesk('sqlite');
  const { endpointId } = await subscribe(await openReceiver(refuse(307, { location: inside.url })));
  expect(await testWebhook(deps, directory.orgId, endpointId)).toMatchObject({
    delivered: false,
    status: 307,
  });
  expect(inside.received).toEqual([]);
});

test.each([22, 25, 6000])('nothing is sent to port %i, which belongs to another protocol', async (port) => {
  const { make, deps, directory } = await publicDesk(async () => [{ address: '93.184.215.14', family: 4 }]);
  const { endpointId } = await make(`https://hooks.larkspur.example:${port}/`);
  const { outcome } = await testWebhook(deps, directory.orgId, endpointId);
  expect(outcome).toBe('This port belongs to another protocol, so nothing is sent to it.');
});
