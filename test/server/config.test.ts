import { isAbsolute, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';

function mistakesIn(env: Record<string, string>) {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

describe('readConfig', () => {
  test('without any variable gives a server on 127.0.0.1:4310 with SQLite in ./data', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 4310,
      dataDir: resolve('data'),
      scimRateLimit: 100,
      extensionRedirects: [],
      dnsServers: [],
      trustedProxies: [],
      outgoingNetworks: [],
      logLevel: 'info',
      warnings: [],
    });
  });

  test('takes every variable', () => {
    expect(
      readConfig({
        HOST: '::1',
        PORT: '0',
        PUBLIC_URL: 'https://rollcall.corp.example/scim//',
        DATABASE_URL: 'postgresql://rollcall@db.corp.example/rollcall',
        ROLLCALL_DATA_DIR: 'elsewhere',
        ROLLCALL_SECRET: 'x'.repeat(32),
        SCIM_RATE_LIMIT: '25',
        SMTP_URL: 'smtps://mail.corp.example',
        MAIL_FROM: 'rollcall@corp.example',
        EXTENSION_REDIRECTS: ' https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/ ',
        DNS_SERVERS: '127.0.0.1:5353, [::1]:53,2001:db8::53',
        TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8,2001:db8::/32',
        OUTGOING_NETWORKS: '10.20.0.0/16',
        LOG_LEVEL: 'WARN',
      }),
    ).toEqual({
      host: '::1',
      port: 0,
      publicUrl: 'https://rollcall.corp.example/scim',
      databaseUrl: 'postgresql://rollcall@db.corp.example/rollcall',
      dataDir: resolve('elsewhere'),
      secret: 'x'.repeat(32),
      scimRateLimit: 25,
      smtpUrl: 'smtps://mail.corp.example',
      mailFrom: 'rollcall@corp.example',
      extensionRedirects: ['https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org'],
      dnsServers: ['127.0.0.1:5353', '[::1]:53', '2001:db8::53'],
      trustedProxies: ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'],
      outgoingNetworks: ['10.20.0.0/16'],
      logLevel: 'warn',
      warnings: [],
    });
  });

  test('reads an empty or blank variable as absent', () => {
    const config = readConfig({ PORT: '', DATABASE_URL: ' ', PUBLIC_URL: '', ROLLCALL_DATA_DIR: '' });
    expect(config.port).toBe(4310);
    expect(isAbsolute(config.dataDir)).toBe(true);
    expect(config).not.toHaveProperty('databaseUrl');
    expect(config).not.toHaveProperty('publicUrl');
  });

  test.each([
    ['HOST', 'http://127.0.0.1'],
    ['HOST', '127.0.0.1:4310'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '43l0'],
    ['PUBLIC_URL', 'rollcall.corp.example'],
    ['PUBLIC_URL', 'ftp://rollcall.corp.example'],
    ['PUBLIC_URL', 'https://roll_call.corp.example'],
    ['PUBLIC_URL', 'https://rollcall.corp.example/?a=b'],
    ['PUBLIC_URL', 'https://rollcall.corp.example/#top'],
    ['DATABASE_URL', 'mysql://db.corp.example'],
    ['DATABASE_URL', 'data/rollcall.db'],
    ['DATABASE_URL', 'postgres://'],
    ['ROLLCALL_SECRET', 'x'.repeat(31)],
    ['SCIM_RATE_LIMIT', '24'],
    ['SCIM_RATE_LIMIT', '100/s'],
    ['SMTP_URL', 'mail.corp.example:25'],
    ['MAIL_FROM', 'Rollcall <rollcall@corp.example>'],
    ['MAIL_FROM', 'corp.example'],
    ['EXTENSION_REDIRECTS', 'https://corp.example'],
    ['EXTENSION_REDIRECTS', 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org/cb'],
    ['EXTENSION_REDIRECTS', 'http://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org'],
    ['TRUSTED_PROXIES', 'proxy.corp.example'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['OUTGOING_NETWORKS', 'intranet.corp.example'],
    ['DNS_SERVERS', 'dns.corp.example'],
    ['DNS_SERVERS', '192.0.2.53:99999'],
    ['DNS_SERVERS', '192.0.2.53,,192.0.2.54'],
    ['LOG_LEVEL', 'verbose'],
  ])('refuses %s=%s', (variable, value) => {
    expect(mistakesIn({ [variable]: value }).map((mistake) => mistake.variable)).toEqual([variable]);
  });

  test('names every mistake at once, each with its value, what is expected and an example', () => {
    expect(() => readConfig({ PORT: '43l0', LOG_LEVEL: 'verbose' })).toThrow(
      [
        'Rollcall cannot start: 2 variables of its configuration cannot be used.',
        '',
        '  PORT is "43l0"',
        '    expected: a whole number from 0 to 65535, where 0 takes any free port',
        '    example:  PORT=4310',
        '',
        '  LOG_LEVEL is "verbose"',
        '    expected: one of trace, debug, info, warn, error, fatal, silent',
        '    example:  LOG_LEVEL=info',
      ].join('\n'),
    );
  });

  test('gives an example for each variable that it accepts itself', () => {
    const everyMistake = mistakesIn({
      HOST: '/',
      PORT: '/',
      PUBLIC_URL: '/',
      DATABASE_URL: '/',
      SCIM_RATE_LIMIT: '/',
      SMTP_URL: '/',
      LOG_LEVEL: '/',
    });
    expect(everyMistake).toHaveLength(7);
    const examples = Object.fromEntries(everyMistake.map(({ variable, example }) => [variable, example]));
    expect(() => readConfig(examples)).not.toThrow();
  });

  test.each([
    ['DATABASE_URL', 'mysql://ann:hunter2@db.corp.example/x', '"mysql://***@db.corp.example/x"'],
    ['DATABASE_URL', 'mysql://ann:hun@ter/2@db.corp.example/x', '"mysql://***@db.corp.example/x"'],
    ['DATABASE_URL', 'ann:hunter2@db.corp.example', '"***@db.corp.example"'],
    [
      'DATABASE_URL',
      'pg://db.corp.example/x?password=hunter2&ssl=true',
      '"pg://db.corp.example/x?password=***&ssl=true"',
    ],
    ['SMTP_URL', 'smtp:ann:hunter2@', '"***@"'],
    ['PUBLIC_URL', 'https://ann:hunter2@rollcall.corp.example', '"https://***@rollcall.corp.example"'],
    ['ROLLCALL_SECRET', 'hunter2', 'hidden (7 characters)'],
  ])('masks the secret in %s=%s', (variable, value, shown) => {
    expect(mistakesIn({ [variable]: value })[0]?.value).toBe(shown);
  });

  test.each([
    ['ROLLCALL_DATADIR', 'ROLLCALL_DATA_DIR'],
    ['ROLLCALL_SECERT', 'ROLLCALL_SECRET'],
    ['ROLLCALL_PORT', 'PORT'],
    ['ROLLCALL_DATABASE_URL', 'DATABASE_URL'],
  ])('warns of %s, which is meant to be %s', (given, meant) => {
    expect(readConfig({ [given]: 'x' }).warnings).toEqual([
      `${given} is not a variable of Rollcall and has no effect. Did you mean ${meant}?`,
    ]);
  });

  test('does not mind the variables of others', () => {
    expect(
      readConfig({ PATH: '/bin', PORTS: '1', ROLLCALL_BACKUP_BUCKET: 'x', ROLLCALL_HOME: 'x' }).warnings,
    ).toEqual([]);
  });
});
