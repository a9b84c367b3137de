import { describe, expect, test } from 'vitest';
import { changeDepsOf } from '../../../server/audit/change-context.ts';
import { readConfig } from '../../../server/config.ts';
import { openDeps } from '../../../server/deps.ts';
import { applyDirectoryChange } from '../../../server/provisioning/apply-directory-change.ts';
import { databases } from '../../helpers/scim-server.ts';
import { type CommandLine, commandLine, startOfTime } from './command-line.ts';

/** Two orgs; Okta sent Noor to the first, as inactive. */
async function withPeople(database: (typeof databases)[number]): Promise<CommandLine> {
  const line = await commandLine({ database });
  const { orgId } = await line.json('setup', '--org', 'Larkspur', '--owner', 'ada@larkspur.example');
  await line.json('setup', '--org', 'Other Works', '--owner', 'zoe@other.example');
  const creation = ['connection', 'create', '--org', 'larkspur', '--kind', 'okta', '--name', 'Our Okta'];
  const { connectionId } = await line.json(...creation);
  const deps = await openDeps(readConfig({ ...line.env, LOG_LEVEL: 'silent' }), () => startOfTime);
  await applyDirectoryChange(
    changeDepsOf(deps),
    { orgId, actor: { kind: 'connection', id: connectionId }, connectionId, requestId: 'test' },
    {
      kind: 'provision-member',
      attributes: { userName: 'noor@larkspur.example', displayName: 'Noor Haddad', active: false },
    },
  );
  await deps.close();
  return line;
}

describe.each(databases)('rollcall explain on %s', (database) => {
  test('tells the story in a few lines, and to a script as a document', async () => {
    const { cli, clock } = await withPeople(database);
    clock.now += 3_600_000;
    const words = await cli('explain', 'Noor@larkspur.example');
    const out = words.out.replace(/ending in \S{4}/, 'ending in ####');
    expect({ ...words, out }).toEqual({
      exitCode: 0,
      err: '',
      out: [
        'Why Noor Haddad has no access (noor@larkspur.example) in Larkspur',
        '  - Okta sent them as inactive, and has not made them active since.',
        '    2 November 2026, 09:00 UTC',
        '  ! Nothing has arrived since the token ending in #### was made.',
        '    2 November 2026, 09:30 UTC',
        '  - Added to the directory by Our Okta.',
        '    2 November 2026, 09:00 UTC',
        'What to do',
        '  - If Okta reports an error, a proxy or firewall before this server may have answered it: see whether it lets the base URL through.',
        '    In Okta: Provisioning → Integration → Edit → Test Connector Configuration → Save',
        '    https://login.okta.com/',
        '  - To bring Noor Haddad back, assign the app to them again in Our Okta.',
        '    In Okta: Assignments → Assign',
        '    https://login.okta.com/',
        '',
      ].join('\n'),
    });
    const script = await cli('explain', 'noor@larkspur.example', '--json', '--org', 'larkspur');
    const { explanations } = JSON.parse(script.out);
    expect(explanations).toMatchObject([
      {
        org: 'larkspur',
        status: 'deactivated',
        lines: [{ at: '2026-11-02T09:00:00.000Z', isWrong: false }, {}, {}],
      },
    ]);
  });

  test('knows nobody of that name, says why, and ends with 4', async () => {
    const { cli } = await withPeople(database);
    const plain = await cli('explain', 'nobody@larkspur.example', '--org', 'larkspur');
    expect(plain.exitCode).toBe(4);
    expect(plain.err).toBe('Nobody here is known as "nobody@larkspur.example".\n');
    expect(plain.out).toContain('Our Okta has not been tested: nothing has arrived from it yet.');
    expect(plain.out).toContain(
      'In Okta: Provisioning → Integration → Edit → Test Connector Configuration → Save',
    );

    const script = await cli('explain', 'nobody@larkspur.example', '--json');
    expect(script.exitCode).toBe(4);
    expect(JSON.parse(script.err)).toMatchObject({ error: { code: 'person.unknown' } });
    const { explanations } = JSON.parse(script.out);
    expect(explanations).toMatchObject([
      { org: 'larkspur', status: 'unknown', memberId: null },
      { org: 'other-works', status: 'unknown', memberId: null },
    ]);
    expect((await cli('explain', 'noor@larkspur.example', '--org', 'nowhere')).exitCode).toBe(4);
  });

  test('looks in every organisation and tells of those that know the person', async () => {
    const { cli } = await withPeople(database);
    const { exitCode, out } = await cli('explain', 'zoe@other.example', '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(out).explanations).toMatchObject([
      { org: 'other-works', status: 'active', email: 'zoe@other.example' },
    ]);
    expect((await cli('explain', 'zoe@other.example', '--org', 'larkspur')).exitCode).toBe(4);
  });
});
