import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastMailTo } from '../../helpers/mailbox.ts';
import { type ScimServer, startScimServer } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';

let server: ScimServer;
beforeAll(async () => {
  server = await startScimServer({ env: { TRUSTED_PROXIES: '127.0.0.0/8' } });
});
afterAll(() => server.close());

const at = (ip: string) => visitor(server.url, { 'x-forwarded-for': ip });

test('a hundred tries of one place are all, at whatever door, and cost nobody else theirs', async () => {
  const guesser = at('2001:db8:1:2::1');
  await guesser.submit('/sign-in', { email: 'ada@larkspur.example' });
  const { link, code } = await lastMailTo(server.deps, 'ada@larkspur.example');
  const token = new URL(link, server.url).searchParams.get('token') ?? '';
  const form_token = /name="form_token" value="(\w+)"/.exec((await guesser.get('/sign-in')).text)?.[1] ?? '';
  const doors = [
    '/sign-in/link',
    '/sign-in/code',
    '/invitation',
    '/sign-up',
    '/sign-up/code',
    '/sign-up/link',
  ];
  for (let n = 1; n < 100; n++) {
    const door = doors[n % doors.length] ?? '';
    const answer = await guesser.post(door, { form_token, token: `rollcall_${n}`, code: '123' });
    expect(answer.status, `${n}: ${door}`).not.toBe(429);
  }
  for (const door of doors)
    expect((await guesser.post(door, { form_token, token, code })).status, door).toBe(429);
  expect((await guesser.post('/sign-in', { form_token, email: 'noor@larkspur.example' })).status).toBe(429);

  const neighbour = at('2001:db8:1:2::ffff');
  expect((await neighbour.submit(link, {})).status).toBe(429);
  expect((await at('2001:db8:1:3::1').submit(link, {})).location).toBe('/');
});
