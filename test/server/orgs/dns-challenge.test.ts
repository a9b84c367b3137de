import { describe, expect, test } from 'vitest';
import { challengeRecord, createChallengeReader } from '../../../server/orgs/dns-challenge.ts';
import { type DnsReply, startDnsServer } from '../../helpers/dns-server.ts';

const { name, value } = challengeRecord('larkspur.example', 'c'.repeat(43));

describe('looking for the record that proves a domain', () => {
  const look = async (zone: Readonly<Record<string, DnsReply>>) => {
    const server = await startDnsServer();
    for (const [at, reply] of Object.entries(zone)) server.zone.set(at, reply);
    return createChallengeReader([server.address], 100)('larkspur.example', 'c'.repeat(43));
  };

  test('its name and value', () => {
    expect({ name, value }).toEqual({
      name: '_rollcall-challenge.larkspur.example',
      value: `rollcall-verification=${'c'.repeat(43)}`,
    });
  });

  test.each<[string, Readonly<Record<string, DnsReply>>]>([
    ['alone', { [name]: [value] }],
    ['among others', { [name]: ['v=spf1 -all', value] }],
    ['with the quotes of a form', { [name]: [` "${value}"`] }],
  ])('found %s', async (_how, zone) => {
    expect(await look(zone)).toEqual({ finding: 'found', seen: [] });
  });

  test.each<[string, Readonly<Record<string, DnsReply>>, string, readonly string[]]>([
    ['no such domain', {}, 'no_domain', []],
    ['the domain, and no record', { 'larkspur.example': [] }, 'no_record', []],
    ['the name, and no text', { 'larkspur.example': [], [name]: [] }, 'no_record', []],
    [
      'another value',
      { [name]: [`${value}x`, 'b'.repeat(300)] },
      'wrong_value',
      [`${value}x`, 'b'.repeat(100)],
    ],
    ['the value at the domain itself', { 'larkspur.example': [value] }, 'misplaced', ['larkspur.example']],
    [
      'the domain twice in the name',
      { 'larkspur.example': [], [`${name}.larkspur.example`]: [value] },
      'misplaced',
      [`${name}.larkspur.example`],
    ],
    ['a server that fails', { [name]: 'SERVFAIL' }, 'unreachable', []],
    ['a server that refuses', { [name]: 'REFUSED' }, 'unreachable', []],
    ['a server that fails for the domain', { 'larkspur.example': 'SERVFAIL' }, 'no_record', []],
  ])('%s', async (_what, zone, finding, seen) => {
    expect(await look(zone)).toEqual({ finding, seen });
  });

  test('a server that says nothing is waited for, and then unreachable', async () => {
    expect(await look({ [name]: 'silence' })).toEqual({ finding: 'unreachable', seen: [] });
  });

  test('a server that is not there is unreachable', async () => {
    const reader = createChallengeReader(['127.0.0.1:1'], 100);
    expect(await reader('larkspur.example', 'c')).toEqual({ finding: 'unreachable', seen: [] });
  });
});
