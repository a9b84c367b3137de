// A person as Entra maps them: the default attribute mapping, one line each, and the body of a POST. Knows no request.
import { enterpriseUrn } from './directory-truth.ts';
import { withValue } from './entra-path.ts';
import type { EntraSettings } from './entra-settings.ts';
import type { Person } from './simulated-company.ts';
import type { Json } from './wire.ts';

/** The targets and their sources. A source that is empty is not sent: Entra clears nothing. */
const mapping: Readonly<Record<string, (person: Person) => string | null>> = {
  displayName: (person) => person.displayName,
  title: (person) => person.title,
  'emails[type eq "work"].value': (person) => person.email,
  preferredLanguage: (person) => person.language,
  'name.givenName': (person) => person.givenName,
  'name.familyName': (person) => person.familyName,
  'name.formatted': (person) => `${person.givenName} ${person.familyName}`,
  'addresses[type eq "work"].formatted': (person) => person.address?.formatted ?? null,
  'addresses[type eq "work"].streetAddress': (person) => person.address?.streetAddress ?? null,
  'addresses[type eq "work"].locality': (person) => person.address?.locality ?? null,
  'addresses[type eq "work"].region': (person) => person.address?.region ?? null,
  'addresses[type eq "work"].postalCode': (person) => person.address?.postalCode ?? null,
  'addresses[type eq "work"].country': (person) => person.address?.country ?? null,
  'phoneNumbers[type eq "work"].value': (person) => person.workPhone,
  'phoneNumbers[type eq "mobile"].value': (person) => person.mobilePhone,
  [`${enterpriseUrn}:employeeNumber`]: (person) => person.employeeNumber,
  [`${enterpriseUrn}:department`]: (person) => person.department,
};

/** Target paths and values of a person by the mapping as it is set, `active` and the manager excepted. */
export function mappedValues(person: Person, settings: EntraSettings): ReadonlyMap<string, string> {
  const { mappings } = settings;
  const ids: [string, string][] = [
    ['externalId', mappings.externalId === 'objectId' ? person.id : nicknameOf(person)],
    ['userName', mappings.userName === 'mail' ? person.email : principalNameOf(person, settings)],
  ];
  const rest = Object.entries(mapping).flatMap(([path, source]): [string, string][] => {
    const value = mappings.deleted.includes(path) ? null : source(person);
    return value === null ? [] : [[path, value]];
  });
  return new Map([...ids, ...rest]);
}

const nicknameOf = ({ email }: Person): string => email.replace(/@.*/, '');

function principalNameOf(person: Person, { principalNames }: EntraSettings): string {
  if (principalNames === 'own-domain') return person.login;
  const tenant = person.email.replace(/.*@|\..*/g, '');
  return `${nicknameOf(person)}@${tenant}.onmicrosoft.com`;
}

/** The body of a POST. */
export function entraUser(person: Person, settings: EntraSettings): Json {
  const roles = person.appRole === null ? [] : [{ primary: 'True', value: person.appRole }];
  const fixed: Json = {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', enterpriseUrn],
    active: true,
    meta: { resourceType: 'User' },
    roles,
  };
  return bodyOf(mappedValues(person, settings), fixed);
}

/** A resource with these values, laid over `fixed`. */
export function bodyOf(values: ReadonlyMap<string, string>, fixed: Json): Json {
  return [...values].reduce<Json>((body, [path, value]) => withValue(body, path, value), fixed);
}
