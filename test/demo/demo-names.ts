// The invented people of the demo's company and what they do there. Knows no provider.
import type { NewPerson } from '../idp/simulated-company.ts';

/** Where all of them have their mailboxes. */
export const domain = 'larkspur.example';

const given = [
  'Noor',
  'Rufus',
  'Imogen',
  'Tessa',
  'Kofi',
  'Wen',
  'Mira',
  'Elio',
  'Sanna',
  'Tomas',
  'Hana',
  'Orla',
  'Jonas',
  'Bela',
  'Ciro',
  'Dunja',
  'Emre',
  'Freya',
  'Goran',
  'Ilse',
  'Kaia',
  'Liv',
  'Nadia',
  'Oskar',
  'Petra',
  'Quim',
  'Rosa',
  'Sami',
  'Tove',
  'Ulla',
  'Vera',
  'Wim',
  'Yara',
] as const;
const family = [
  'Haddad',
  'Okonjo',
  'Adeyemi',
  'Berg',
  'Mensah',
  'Lindqvist',
  'Okafor',
  'Lund',
  'Brook',
  'Vale',
  'Nkemelu',
  'Castell',
  'Sarr',
  'Pell',
  'Brandt',
  'Costa',
  'Dietz',
  'Eriksen',
  'Fabry',
  'Gruber',
  'Holm-Reyes',
  'Ivarsson',
  'Jansen',
  'Keller',
  'Moreau',
  'Novak',
  'Pereira',
  'Rossi',
  "O'Dell",
] as const;

export const departments = [
  'Kiln',
  'Glazing',
  'Dyeing',
  'Sales',
  'Finance',
  'Logistics',
  'Operations',
  'IT',
] as const;
export const titles = ['Maker', 'Thrower', 'Glaze mixer', 'Planner', 'Buyer', 'Lead', 'Analyst'] as const;

/** The n-th person: the same number is always the same one, and no two are alike up to 957. */
export function inventedPerson(n: number): NewPerson {
  const givenName = at(given, n);
  const familyName = at(family, n * 7 + Math.floor(n / given.length) * 3);
  const round = Math.floor(n / (given.length * family.length));
  const mailbox = `${givenName}.${familyName}${round === 0 ? '' : round + 1}`.toLowerCase().replace("'", '');
  const department = at(departments, n * 3);
  return {
    givenName,
    familyName,
    email: `${mailbox}@${domain}`,
    title: at(titles, n * 5),
    department,
    employeeNumber: `L-${String(1000 + n)}`,
    costCenter: `CC-${10 + (n % departments.length)}`,
    organization: 'Larkspur Foundry',
    userType: 'Employee',
  };
}

/** The n-th of a list that begins again at its end. */
export function at<Value>(list: readonly Value[], n: number): Value {
  const found = list[n % list.length];
  if (found === undefined) throw new Error('The list is empty.');
  return found;
}
