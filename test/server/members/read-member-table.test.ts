import { describe, expect, test } from 'vitest';
import { readMemberTable } from '../../../server/members/read-member-table.ts';

test.each([
  { says: 'commas', csv: 'email,name\nnoor@a.example,Noor' },
  { says: 'semicolons', csv: 'email;name\nnoor@a.example;Noor' },
  { says: 'tabs', csv: 'email\tname\nnoor@a.example\tNoor' },
  { says: 'a byte order mark and Windows line ends', csv: '\ufeffemail,name\r\nnoor@a.example,Noor\r\n' },
  { says: 'quotes', csv: '"email","name"\n"noor@a.example","Noor"' },
  { says: 'other spellings of the headings', csv: 'E-Mail;Display Name\nnoor@a.example;Noor' },
  { says: 'spaces around', csv: ' Email Address , Full name \n noor@a.example , Noor ' },
  { says: 'columns that are missing or too many', csv: 'email,name,title\nnoor@a.example,Noor,,more' },
])('a file with $says', async ({ csv }) => {
  expect((await readMemberTable(csv)).lines).toEqual([
    { line: 2, cells: { email: 'noor@a.example', name: 'Noor' } },
  ]);
});

test('every heading in several spellings, and what means nothing is said', async () => {
  const csv =
    'Mail,First Name,surname,Job title,DEPT,Role,Teams,Shoe size,\na@a.example,Ada,Holm,Founder,Bells,admin,Sales; Staff,43,';
  expect(await readMemberTable(csv)).toEqual({
    lines: [
      {
        line: 2,
        cells: {
          email: 'a@a.example',
          givenName: 'Ada',
          familyName: 'Holm',
          title: 'Founder',
          department: 'Bells',
          role: 'admin',
          groups: 'Sales; Staff',
        },
      },
    ],
    ignoredColumns: ['Shoe size'],
  });
});

test('lines are counted as an editor counts them, past empty ones and line breaks in quotes', async () => {
  const csv = 'email,name\n\n"a@a.example","Ada\nHolm\n"\n,\nb@a.example,Bela\n';
  expect((await readMemberTable(csv)).lines.map(({ line }) => line)).toEqual([3, 7]);
});

test('the apostrophe of an export is taken away again, and no other', async () => {
  const { lines } = await readMemberTable("email,name,title\na@a.example,'=1+1,'t Hart");
  expect(lines[0]?.cells).toMatchObject({ name: '=1+1', title: "'t Hart" });
});

describe('what cannot be read is said', () => {
  test.each([
    { says: 'a quotation mark without a counterpart', csv: 'email,name\na@a.example,"Ada\nb@a.example,Bela' },
    { says: 'a quotation mark in the wrong place', csv: 'email,name\na@a.example,Ada "the" Holm"' },
  ])('$says', async ({ csv }) => {
    await expect(readMemberTable(csv)).rejects.toMatchObject({ code: 'import.unreadable' });
  });

  test('no column with addresses', async () => {
    await expect(readMemberTable('name,shoe size\nNoor,43')).rejects.toMatchObject({
      code: 'import.no_address_column',
      params: { columns: ['name', 'shoe size'] },
    });
  });

  test('too many lines, or too large', async () => {
    const lines = (n: number) => `email\n${'a@a.example\n'.repeat(n)}`;
    expect((await readMemberTable(lines(10_000))).lines).toHaveLength(10_000);
    await expect(readMemberTable(lines(10_001))).rejects.toMatchObject({ code: 'import.too_large' });
    const large = `email,name\na@a.example,${'x'.repeat(5 * 1024 * 1024)}`;
    await expect(readMemberTable(large)).rejects.toMatchObject({ code: 'import.too_large' });
  });
});
