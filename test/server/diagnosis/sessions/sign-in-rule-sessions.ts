// For each rule between provisioning and single sign-on: a session that shows its fault, and what its healthy twin does. Data.
import { changeDepsOf } from '../../../../server/audit/change-context.ts';
import { readPerson } from '../../../../server/auth/sso-person.ts';
import { writeSso } from '../../../../server/auth/sso-store.ts';
import { enterBySso } from '../../../../server/members/enter-by-sso.ts';
import type { ScimServer } from '../../../helpers/scim-server.ts';
import { ssoRow } from '../../../helpers/sso-settings.ts';
import { hireFive } from '../../../idp/simulated-sessions.ts';
import { minute } from '../../../idp/simulated-time.ts';
import { claimsOf, type IdpShape } from '../../../oidc/idp-people.ts';
import { runningOkta, verifyDomain } from './admin-hands.ts';
import { onEntra, onOkta, type RuleSession } from './rule-session.ts';

const rule = 'external_id.other_than_sign_in';
const issuers = {
  okta: 'https://harbourlane.okta.com',
  entra: 'https://login.microsoftonline.com/7f1d0c52-3b8e-4e0a-9a5c-2f6f0d9b41aa/v2.0',
} as const;

/** Lets people of the company's domain sign in through the same identity provider. */
async function allowSignIn(server: ScimServer, shape: IdpShape): Promise<void> {
  await verifyDomain(server, 'harbourlane.example');
  const { secret, database } = server.deps;
  const other = { kind: shape, joining: 'verified_domains' } as const;
  await writeSso(database.db, ssoRow(secret, server.orgId, issuers[shape], other));
}

/** Liv comes in with the account that has this id. */
async function livSignsIn(server: ScimServer, shape: IdpShape, id: string): Promise<void> {
  const deps = changeDepsOf(server.deps);
  const liv = { id, name: 'Liv Sand', email: 'liv.sand@harbourlane.example' };
  const sso = await deps.db.selectFrom('sso_settings').selectAll().executeTakeFirstOrThrow();
  await enterBySso(deps, {
    sso,
    person: readPerson(shape, { ...claimsOf(shape, liv), iss: issuers[shape] }),
    idTokenSealed: '',
    device: { kind: 'browser', name: 'Laptop' },
    requestId: 'sign-in',
  });
}

/** As if the mapping were put right: everybody's externalId comes anew. */
async function sendExternalId(server: ScimServer, externalId: string): Promise<void> {
  const { body } = await server.scim('GET', '/Users?filter=userName sw "liv.sand"');
  await server.scim('PATCH', `/Users/${body.Resources[0].id}`, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
    Operations: [{ op: 'replace', path: 'externalId', value: externalId }],
  });
}

export const signInRuleSessions: readonly RuleSession[] = [
  onEntra('flagged', {
    rule,
    sentence: /^Entra sends “.*” as externalId, and who signs in is “5b1e3f5e-.*”, for 1 person\.$/,
    people: ['Liv Sand'],
    stepId: 'mappings',
    lastLabel: 'Save',
    onBoth: true,
    play: async ({ idp, server, ready }, isFaulty) => {
      const [, , , , liv] = hireFive(idp);
      await allowSignIn(server, 'entra');
      idp.assign(liv);
      await idp.provisionOnDemand(liv);
      await ready();
      const id = isFaulty ? '5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c10' : liv;
      await livSignsIn(server, 'entra', id);
      return { mend: () => sendExternalId(server, id) };
    },
  }),
  onOkta('oin', {
    rule,
    sentence: /^Okta sends “.*” as externalId, and who signs in is “00uother1liv”, for 1 person\.$/,
    people: ['Liv Sand'],
    stepId: 'mappings',
    lastLabel: 'Attribute Mappings',
    play: async (stage, isFaulty) => {
      const { idp, server, pass, ready } = stage;
      await runningOkta(stage);
      await allowSignIn(server, 'okta');
      const { id: liv } = idp.hire({
        givenName: 'Liv',
        familyName: 'Sand',
        email: 'liv.sand@harbourlane.example',
      });
      idp.assign(liv);
      await pass(minute);
      await ready();
      const id = isFaulty ? '00uother1liv' : liv;
      await livSignsIn(server, 'okta', id);
      return { mend: () => sendExternalId(server, id) };
    },
  }),
];
