// A person as Okta sends them: the default profile of an app and the attributes often mapped besides. Knows no request.
import { enterpriseUrn } from './directory-truth.ts';
import type { OktaSettings } from './okta-settings.ts';
import type { Person } from './simulated-company.ts';
import type { Json } from './wire.ts';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** The body of a POST, its password excepted. Fields that are empty in Okta are left out. */
export function oktaUser(person: Person, settings: OktaSettings, manager: Person | undefined): Json {
  const enterprise = filled({
    employeeNumber: person.employeeNumber,
    costCenter: person.costCenter,
    organization: person.organization,
    division: person.division,
    department: person.department,
    manager: manager === undefined ? null : { value: manager.id, displayName: manager.displayName },
  });
  const extends_ = settings.enterpriseNamespace && Object.keys(enterprise).length > 0;
  return {
    schemas: extends_ ? [userUrn, enterpriseUrn] : [userUrn],
    userName: oktaUsername(person, settings.usernameFormat),
    name: { givenName: person.givenName, familyName: person.familyName },
    emails: [{ primary: true, value: person.email, type: 'work' }],
    displayName: person.displayName,
    locale: person.language ?? 'en-US',
    externalId: person.id,
    groups: [],
    active: true,
    ...filled({ title: person.title, userType: person.userType }),
    ...(extends_ ? { [enterpriseUrn]: enterprise } : enterprise),
  };
}

/** What Sign On > Application username format makes of a person. */
export function oktaUsername(person: Person, format: OktaSettings['usernameFormat']): string {
  if (format === 'okta-username') return person.login;
  return format === 'email' ? person.email : person.email.replace(/@.*/, '');
}

const filled = (fields: Json): Json =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
