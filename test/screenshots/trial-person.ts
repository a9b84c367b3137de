// Somebody to try things out with, as Okta sends them, and takes away again: the next screen counts as many people as the one
// before.
import type { Stage } from './stage.ts';

/** Gives their id. */
export async function sendTrialPerson({ org }: Stage): Promise<string> {
  const { body } = await org.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName: 'dalia.trial@larkspur.example',
    name: { givenName: 'Dalia', familyName: 'Trial' },
    displayName: 'Dalia Trial',
    emails: [{ value: 'dalia.trial@larkspur.example', type: 'work', primary: true }],
    active: true,
  });
  return body.id;
}

export const changePerson = ({ org }: Stage, id: string, value: Readonly<Record<string, unknown>>) =>
  org.scim('PATCH', `/Users/${id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', value }],
  });

export const removePerson = ({ org }: Stage, id: string) => org.scim('DELETE', `/Users/${id}`);
