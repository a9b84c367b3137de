import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAddresses } from '../../shared/parse-addresses.ts';

/** "Name <address>" for each entry, and what is malformed as "text: fault". */
const read = (text: string) => {
  const { entries, malformed } = parseAddresses(text);
  return [
    ...entries.map(({ address, name, role }) =>
      [...(name === undefined ? [address] : [`${name} <${address}>`]), ...(role ? [role] : [])].join(', '),
    ),
    ...malformed.map(({ text: piece, fault }) => `${piece}: ${fault}`),
  ];
};

describe('people out of pasted text', () => {
  test.each<[string, string, readonly string[]]>([
    ['nothing', ' \n\t ,;, ', []],
    ['commas', 'a@x.example,b@x.example, c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    [
      'semicolons and lines',
      'a@x.example;\r\nb@x.example\rc@x.example',
      ['a@x.example', 'b@x.example', 'c@x.example'],
    ],
    ['spaces', 'a@x.example b@x.example  and c@x.example', ['a@x.example', 'b@x.example', 'c@x.example']],
    ['a name in front', 'Noor Haddad <noor@x.example>', ['Noor Haddad <noor@x.example>']],
    ['a name without brackets', 'Noor Haddad noor@x.example', ['Noor Haddad <noor@x.example>']],
    ['a name behind', 'noor@x.example (Noor Haddad)', ['Noor Haddad <noor@x.example>']],
    ['a quoted name', '"Haddad, Noor" <noor@x.example>', ['Noor Haddad <noor@x.example>']],
    ['escaped quotes', '"Noor \\"N\\" Haddad" <noor@x.example>', ['Noor "N" Haddad <noor@x.example>']],
    [
      'the surname first, unquoted',
      'Haddad, Noor <noor@x.example>; Okonjo, Rufus <rufus@x.example>',
      ['Noor Haddad <noor@x.example>', 'Rufus Okonjo <rufus@x.example>'],
    ],
    ['a name as a column', 'Noor Haddad, noor@x.example', ['Noor Haddad <noor@x.example>']],
    ['the address as its own name', 'noor@x.example <noor@x.example>', ['noor@x.example']],
    ['an address beside another', 'a@x.example <b@x.example>', ['a@x.example', 'b@x.example']],
    ['several in brackets', 'A <a@x.example> B <b@x.example>', ['A <a@x.example>', 'B <b@x.example>']],
    ['a header line', 'To: Noor <noor@x.example>, b@x.example', ['Noor <noor@x.example>', 'b@x.example']],
    [
      'a list with bullets',
      '- a@x.example\n• b@x.example\n3. c@x.example',
      ['a@x.example', 'b@x.example', 'c@x.example'],
    ],
    ['links', '<mailto:a@x.example>, mailto:b@x.example?subject=Hi', ['a@x.example', 'b@x.example']],
    [
      'the end of a sentence',
      'Ask a@x.example, “b@x.example”, or c@x.example.',
      ['Ask <a@x.example>', 'b@x.example', 'c@x.example'],
    ],
    ['invisible characters', '\ufeffa@x.example,\u200bb@x.example\u00a0', ['a@x.example', 'b@x.example']],
    [
      'a quote that does not end',
      '"Noor <noor@x.example>, b@x.example',
      ['Noor <noor@x.example>', 'b@x.example'],
    ],
    [
      'rows of a spreadsheet',
      'Noor Haddad\tnoor@x.example\tFoundry 3\nRufus\tOkonjo\trufus@x.example',
      ['Noor Haddad <noor@x.example>', 'Rufus Okonjo <rufus@x.example>'],
    ],
    ['a domain in another script', 'noor@bücher.example', ['noor@bücher.example']],
    ['an apostrophe and a plus', "o'neill+list@x.example", ["o'neill+list@x.example"]],
    [
      'a table with commas',
      'Name,E-mail,Role\n"Haddad, Noor",noor@x.example,Admin\nRufus,rufus@x.example,\n,,\n',
      ['Noor Haddad <noor@x.example>, admin', 'Rufus <rufus@x.example>'],
    ],
    [
      'a table with semicolons, names in two columns',
      '\ufeff\nVorname;Nachname;E-Mail-Adresse\nNoor;Haddad;noor@x.example',
      ['Noor Haddad <noor@x.example>'],
    ],
    [
      'a table with tabs and doubled quotes',
      'email\tfull name\nnoor@x.example\t"Noor ""N"" Haddad"',
      ['Noor "N" Haddad <noor@x.example>'],
    ],
  ])('%s', (_what, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    ['noor', 'no_at'],
    ['Noor Haddad', 'no_at'],
    ['noor@@x.example', 'two_ats'],
    ['noor@heron@x.example', 'two_ats'],
    ['@x.example', 'nothing_before'],
    ['noor@', 'nothing_after'],
    ['<noor haddad@x.example>', 'space'],
    ['no:or@x.example', 'character'],
    ['nöor@x.example', 'character'],
    ['noor@x_y.example', 'character'],
    ['noor@-x.example', 'character'],
    ['noor@192.0.2.7', 'character'],
    ['noor..h@x.example', 'dot'],
    ['.noor@x.example', 'dot'],
    ['noor@x..example', 'dot'],
    ['noor@x', 'no_dot'],
    [`${'n'.repeat(65)}@x.example`, 'too_long'],
    [`noor@${'x'.repeat(64)}.example`, 'too_long'],
    [`noor@${'x.'.repeat(130)}example`, 'too_long'],
    ['email,role\nnoor@x.example,boss', 'unknown_role'],
    ['email,name\n,Noor', 'no_address'],
  ])('%j is malformed: %s', (text, fault) => {
    const { entries, malformed } = parseAddresses(text);
    expect({ entries, faults: malformed.map((piece) => piece.fault) }).toEqual({
      entries: [],
      faults: [fault],
    });
  });

  test('what and where', () => {
    expect(parseAddresses('a@x.example,  rufus\n\n "B" <b@@x.example>\nA@x.example')).toEqual({
      entries: [{ address: 'a@x.example', line: 1, column: 1 }],
      malformed: [
        { text: 'rufus', line: 1, column: 15, fault: 'no_at' },
        { text: 'b@@x.example', line: 3, column: 6, fault: 'two_ats' },
      ],
      repeated: 1,
    });
  });

  const word = fc.stringMatching(/^[A-Z][a-z]{1,8}$/);
  const address = fc
    .tuple(
      fc.stringMatching(/^[a-z][a-z0-9+_-]{0,10}[a-z0-9]$/),
      fc.stringMatching(/^[a-z][a-z0-9-]{0,8}[a-z]$/),
    )
    .map(([mailbox, host]) => `${mailbox}@${host}.example`);
  const person = fc.record({ address, given: word, family: word, shape: fc.integer({ min: 0, max: 6 }) });
  const shapes: readonly ((p: { address: string; given: string; family: string }) => string)[] = [
    (p) => p.address,
    (p) => `<${p.address}>`,
    (p) => `mailto:${p.address}`,
    (p) => `${p.given} ${p.family} <${p.address}>`,
    (p) => `"${p.family}, ${p.given}" <${p.address}>`,
    (p) => `${p.family}, ${p.given} <${p.address}>`,
    (p) => `"${p.given} ${p.family}" ${p.address}`,
  ];

  test('whatever people and separators, everybody comes out once with their name', () => {
    const people = fc.uniqueArray(person, { maxLength: 20, selector: (one) => one.address });
    const separators = fc.array(fc.constantFrom(', ', ';', ' ; ', '\n', '\r\n', ',\n'), { minLength: 20 });
    fc.assert(
      fc.property(people, separators, (all, between) => {
        const text = all
          .map((one, index) => `${shapes[one.shape]?.(one)}${between[index % between.length]}`)
          .join('');
        const { entries, malformed } = parseAddresses(text);
        expect(malformed).toEqual([]);
        expect(entries.map(({ address: at, name }) => [at, name])).toEqual(
          all.map((one) => [one.address, one.shape < 3 ? undefined : `${one.given} ${one.family}`]),
        );
        const lines = text.split(/\r?\n/);
        for (const entry of entries) {
          const from = lines[entry.line - 1]?.slice(entry.column - 1) ?? '';
          expect(from.replace(/^[<"]|^mailto:/, '').startsWith(entry.address)).toBe(true);
        }
      }),
    );
  });

  test('no text at all makes it fail, and no two entries have the same address', () => {
    const pieces = fc.constantFrom(
      ',',
      ';',
      '\t',
      '\n',
      '"',
      '<',
      '>',
      '(',
      ')',
      '@',
      'a@x.example',
      ' ',
      'Noor',
      '\\',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { entries, malformed } = parseAddresses(text);
        const addresses = entries.map((entry) => entry.address.toLowerCase());
        expect(new Set(addresses).size).toBe(addresses.length);
        for (const piece of malformed) expect(piece.text.length).toBeLessThanOrEqual(80);
      }),
    );
  });

  test.each([
    '"Haddad, Noor" <noor@x.example>, ((("',
    '?',
    '.',
    '?.',
    '"',
    '<@',
    '(',
    '@',
    'x@y.example?',
    'mailto:',
    'email,"',
    '\u200b',
    'Noor ',
    'a@x.example ',
  ])('a megabyte of %j is read to its end', (piece) => {
    const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
    for (const whole of [text, `${text}x`, `email\n${text}x`]) {
      const { entries, malformed } = parseAddresses(whole);
      expect(entries.length + malformed.length).toBeLessThanOrEqual(1_000_000);
    }
  });
});
