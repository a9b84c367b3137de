import { describe, expect, test } from 'vitest';
import { domainOf, readDomain } from '../../../server/orgs/domain-name.ts';

describe('a domain as it is typed', () => {
  test.each([
    ['larkspur.example', 'larkspur.example'],
    ['  Larkspur.EXAMPLE. ', 'larkspur.example'],
    ['@larkspur.example', 'larkspur.example'],
    ['ada@larkspur.example', 'larkspur.example'],
    ['https://larkspur.example/about', 'larkspur.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['a.b.c.larkspur.example', 'a.b.c.larkspur.example'],
  ])('%j is %s', (text, domain) => {
    expect(readDomain(text)).toEqual({ domain });
  });

  test.each([
    ['', 'not_a_domain'],
    ['larkspur', 'public_suffix'],
    ['example', 'public_suffix'],
    ['co.uk', 'public_suffix'],
    ['com.au', 'public_suffix'],
    ['192.0.2.7', 'ip_address'],
    ['[2001:db8::1]', 'ip_address'],
    ['0x7f.1', 'ip_address'],
    ['larkspur..example', 'not_a_domain'],
    ['-larkspur.example', 'not_a_domain'],
    ['lark_spur.example', 'not_a_domain'],
    ['lark spur.example', 'not_a_domain'],
    [`${'a'.repeat(64)}.example`, 'not_a_domain'],
    [`${'a.'.repeat(130)}example`, 'not_a_domain'],
  ])('%j is refused: %s', (text, refused) => {
    expect(readDomain(text)).toEqual({ refused });
  });

  test('of an address', () => {
    expect(domainOf('Ada@Bücher.example')).toBe('xn--bcher-kva.example');
    expect(domainOf('"odd@name"@larkspur.example')).toBe('larkspur.example');
    expect(domainOf('ada@XN--BCHER-KVA.example')).toBe('xn--bcher-kva.example');
  });

  test.each([
    'ada@ｌarkspur.example',
    'ada@lark\u00adspur.example',
    'ada@lark\u200bspur.example',
    'ada@lark\u2060spur.example',
    'ada@larkspur。example',
    'ada@ℓarkspur.example',
  ])('of %j is none: a mail would go elsewhere', (address) => {
    expect(domainOf(address)).toBe('');
  });

  test.each([
    ['ada@larkſpur.example', 'larkspur.example'],
    ['ada@lİnden.example', 'linden.example'],
    ['ada@οδος.example', domainOf('ada@οδοσ.example')],
  ])('of %j is not %s', (address, domain) => {
    expect(domainOf(address)).not.toBe(domain);
  });
});
