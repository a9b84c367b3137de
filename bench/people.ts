// Invented people without end, the same ones every time. Knows what an identity provider says about a person, no table.

const givenNames =
  'Ada Bela Ciro Dunja Emre Freya Goran Hana Ilse Jonas Kaia Liv Mika Nadia Oskar Petra Quim Rosa Sami Tove Ulla Vera Wim Xenia Yara Zoe'.split(
    ' ',
  );
const familyNames =
  'Abelard Brandt Costa Dietz Eriksen Fabry Gruber Holm Ivarsson Jansen Keller Lindqvist Moreau Novak Okafor Pereira Quist Rossi Sandoval Tanaka Ueda Vidal Weiss Xu Yilmaz Zeman'.split(
    ' ',
  );
const titles =
  'Engineer,Accountant,Designer,Analyst,Recruiter,Counsel,Technician,Planner,Editor,Nurse,Buyer,Tax Expert'.split(
    ',',
  );
const departments = 'Research,Finance,Sales,Support,Legal,Operations,Facilities'.split(',');

const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
const enterpriseUser = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** A person as the body of a POST to `/Users`. */
export interface Person {
  readonly schemas: readonly string[];
  readonly userName: string;
  readonly externalId: string;
  readonly name: { readonly givenName: string; readonly familyName: string };
  readonly displayName: string;
  readonly title: string;
  readonly emails: readonly [{ readonly value: string; readonly type: string; readonly primary: boolean }];
  readonly active: boolean;
  readonly [enterpriseUser]: { readonly employeeNumber: string; readonly department: string };
}

/** The person of this number. Neighbours are far apart in every alphabetical order, as in a directory that grew. */
export function person(number: number): Person {
  const mixed = scramble(number);
  const givenName = pick(givenNames, mixed);
  const familyName = pick(familyNames, mixed >>> 5);
  const userName = `${givenName}.${familyName}.${number}@larkspur.example`;
  return {
    schemas: [coreUser, enterpriseUser],
    userName,
    externalId: `00u${mixed.toString(36).padStart(7, '0')}${number.toString(36)}`,
    name: { givenName, familyName },
    displayName: `${givenName} ${familyName} ${number}`,
    title: pick(titles, mixed >>> 10),
    emails: [{ value: userName.toLowerCase(), type: 'work', primary: true }],
    active: true,
    [enterpriseUser]: { employeeNumber: String(number), department: pick(departments, mixed >>> 14) },
  };
}

/** A whole number below 2³² that looks like any other. */
export function scramble(number: number): number {
  let mixed = Math.imul(number + 0x9e3779b9, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function pick(from: readonly string[], number: number): string {
  return from[number % from.length] ?? '';
}
