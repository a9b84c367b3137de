// Signing in by an identity provider's word, with the word written by hand: an Entra tenant whose sign-in stands beside its
// provisioning. Knows no protocol.
import { changeDepsOf } from '../../server/audit/change-context.ts';
import { readPerson } from '../../server/auth/sso-person.ts';
import { writeSso } from '../../server/auth/sso-store.ts';
import { enterBySso } from '../../server/members/enter-by-sso.ts';
import { type DatabaseName, startScimServer } from '../helpers/scim-server.ts';
import { ssoRow } from '../helpers/sso-settings.ts';
import { verifyDomain } from '../server/diagnosis/sessions/admin-hands.ts';
import { claimsOf, entraTenant, type IdpPerson } from './idp-people.ts';

export const deskIssuer = `https://login.microsoftonline.com/${entraTenant}/v2.0`;

export type EntryDesk = Awaited<ReturnType<typeof openEntryDesk>>;

/** A server whose org lets its verified domain join, with one person sent by Entra. */
export async function openEntryDesk(
  database: DatabaseName,
  { externalId, userName }: { readonly externalId: string; readonly userName: string },
) {
  const server = await startScimServer({ database, kind: 'entra' });
  const { db } = server.deps.database;
  await verifyDomain(server, 'larkspur.example');
  const other = { kind: 'entra', joining: 'verified_domains' } as const;
  await writeSso(db, ssoRow(server.deps.secret, server.orgId, deskIssuer, other));
  const sent = await server.scim('POST', '/Users', {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
    userName,
    externalId,
    emails: [{ value: userName, type: 'work', primary: true }],
    active: true,
  });
  return {
    server,
    /** The id of the person who was sent. */
    id: sent.body.id as string,
    async enter(person: IdpPerson) {
      const sso = await db.selectFrom('sso_settings').selectAll().executeTakeFirstOrThrow();
      return enterBySso(changeDepsOf(server.deps), {
        sso,
        person: readPerson('entra', { ...claimsOf('entra', person), iss: deskIssuer }),
        idTokenSealed: '',
        device: { kind: 'browser', name: 'Laptop' },
        requestId: 'sign-in',
      });
    },
    people: () =>
      db.selectFrom('members').select(['id', 'status']).where('id', '<>', server.ownerId).execute(),
    attempts: () => db.selectFrom('sso_attempts').selectAll().orderBy('seq').execute(),
    close: () => server.close(),
  };
}
