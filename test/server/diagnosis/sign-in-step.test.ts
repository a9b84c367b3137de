// The step of single sign-on in a real checklist: a real sign-in proves it, a wrong secret takes the proof back.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sealSso } from '../../../server/auth/sso-secret.ts';
import { apiClient, signInForApi } from '../../helpers/api-client.ts';
import { databases } from '../../helpers/scim-server.ts';
import { visitor } from '../../helpers/visitor.ts';
import { openSsoStage, type SsoStage } from '../../oidc/sso-stage.ts';

const noor = {
  okta: { id: '00u1noor2haddad3xyz', name: 'Noor Haddad', email: 'noor@larkspur.example' },
  entra: { id: '5b1e3f5e-0b7c-4c55-8a37-6f0d2f2a9c10', name: 'Noor Haddad', email: 'noor@larkspur.example' },
};

describe.each(databases)('the step of single sign-on, on %s', (database) => {
  describe.each(['okta', 'entra'] as const)('of a set-up of %s', (shape) => {
    let stage: SsoStage;
    let step: () => Promise<{
      state: string;
      note: string | null;
      proof: { sentence: string; at: number } | null;
    }>;
    beforeAll(async () => {
      stage = await openSsoStage({ database, shape, people: [noor[shape]] });
      const { server } = stage;
      await stage.addMember('noor@larkspur.example', 'active');
      const api = apiClient(server.url, await signInForApi(server.deps, server.orgId, server.ownerId));
      step = async () => {
        const { steps } = await api.setup.checklist.query({ connectionId: server.connectionId });
        const found = steps.find(({ id }) => id === 'sso');
        if (found === undefined) throw new Error('There is no such step.');
        return found;
      };
    });
    afterAll(() => stage.close());

    test('waits for a sign-in, is proven by one, and is a problem when the next one fails', async () => {
      const { server } = stage;
      expect(await step()).toMatchObject({ state: 'in_progress', proof: null });
      await stage.signedIn('noor@larkspur.example');
      const name = shape === 'okta' ? 'Okta' : 'Entra';
      expect(await step()).toMatchObject({
        state: 'done',
        proof: { sentence: `noor@larkspur.example signed in through ${name}.`, at: server.clock.now },
      });
      const wrong = sealSso(server.deps.secret, 'client secret', 'wrong-walrus-4');
      await stage.set({ client_secret_sealed: wrong, client_version: 2 });
      expect(await step()).toMatchObject({ state: 'in_progress', proof: null });
      await stage.signIn(visitor(stage.url), 'noor@larkspur.example');
      const failed = await step();
      expect(failed).toMatchObject({ state: 'problem', proof: null });
      expect(failed.note).toMatch(
        /^The last sign-in failed\. The identity provider does not accept the client ID/,
      );
      await stage.set({ client_version: 2 });
      await stage.signedIn('noor@larkspur.example');
      expect((await step()).state).toBe('done');
    });
  });
});
