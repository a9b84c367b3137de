import { describe, expect, test } from 'vitest';
import { databases } from '../../helpers/scim-server.ts';
import { commandLine } from './command-line.ts';

describe.each(databases)('rollcall setup on %s', (database) => {
  test('makes the organisation, and finds it when repeated', async () => {
    const { json } = await commandLine({ database });
    const first = await json('setup', '--org', 'Larkspur & Söhne', '--owner', 'ada@larkspur.example');
    expect(first).toEqual({
      orgId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      slug: 'larkspur-sohne',
      ownerEmail: 'ada@larkspur.example',
      signInUrl: expect.stringMatching(
        /^http:\/\/127\.0\.0\.1:4310\/sign-in\/link\?token=rollcall_[A-Za-z0-9]{43}$/,
      ),
    });
    const again = await json('setup', '--org', 'Larkspur & Söhne', '--owner', 'ada@larkspur.example');
    expect({ ...again, signInUrl: first.signInUrl }).toEqual(first);
    expect(again.signInUrl).not.toBe(first.signInUrl);
  });

  test('refuses a second organisation whose short name would be the same', async () => {
    const { cli } = await commandLine({ database });
    await cli('setup', '--org', 'Larkspur Foundry', '--owner', 'ada@larkspur.example');
    const refused = await cli('setup', '--org', 'Larkspur-Foundry', '--owner', 'ada@larkspur.example');
    expect(refused).toMatchObject({ exitCode: 5, out: '' });
    expect(refused.err).toContain('"larkspur-foundry" is taken');
  });
});

test('says to a person what to do next', async () => {
  const { cli } = await commandLine();
  const { exitCode, out, err } = await cli('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  expect(out).toContain(
    '"Larkspur" is set up; commands call it larkspur. Its owner is ada@larkspur.example.',
  );
  expect(out).toContain('  rollcall connection create --org larkspur --kind okta --name Okta\n');
});

test('names commands as npm starts them when npm started this one', async () => {
  const { cli } = await commandLine({ env: { npm_lifecycle_event: 'rollcall' } });
  const { out } = await cli('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  expect(out).toContain('  npm run --silent rollcall -- connection create --org larkspur');
});

test.each([
  ['--org', ' ', '--owner', 'ada@larkspur.example'],
  ['--org', 'Larkspur', '--owner', 'ada at larkspur'],
  ['--org', 'x'.repeat(101), '--owner', 'ada@larkspur.example'],
  ['--org', 'Larkspur'],
])('refuses %s %s %s %s as usage', async (...options) => {
  const { cli } = await commandLine();
  expect(await cli('setup', ...options)).toMatchObject({ exitCode: 2, out: '' });
});
