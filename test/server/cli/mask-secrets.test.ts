import { expect, test } from 'vitest';
import { maskSecrets } from '../../../server/cli/mask-secrets.ts';

test('passwords are hidden as they stand in the address and as they are meant', () => {
  const databaseUrl = 'postgres://ada:p%40ss@db.larkspur.example/x?password=other';
  const text = `${databaseUrl} refused p@ss and other`;
  expect(maskSecrets(text, { databaseUrl })).toBe(
    'postgres://ada:***@db.larkspur.example/x?password=*** refused *** and ***',
  );
});

test('a password that is no valid escape is hidden all the same', () => {
  expect(maskSecrets('no: 100%', { smtpUrl: 'smtp://ada:100%@mail.larkspur.example' })).toBe('no: ***');
});

test('the secret and tokens are hidden', () => {
  const secret = 'k'.repeat(32);
  expect(maskSecrets(`${secret} rollcall_${'A'.repeat(43)}`, { secret })).toBe('*** rollcall_***');
});

test('without a configuration tokens are hidden', () => {
  expect(maskSecrets(`ada rollcall_${'A'.repeat(43)}`, undefined)).toBe('ada rollcall_***');
});
