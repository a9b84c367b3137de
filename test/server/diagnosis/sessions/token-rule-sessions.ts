// For each rule about tokens: a session that shows its fault, and what its healthy twin does instead. Data.
import { askToken, clientDesk } from '../../../helpers/oauth-client.ts';
import type { ScimServer } from '../../../helpers/scim-server.ts';
import { faults } from '../../../idp/faults.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import type { SimulatedOkta } from '../../../idp/simulated-okta.ts';
import { day } from '../../../idp/simulated-time.ts';
import { newToken, revokeOldest, runningEntra, runningOkta } from './admin-hands.ts';
import { onEntra, onOkta, onOther, type RuleSession, type Stage } from './rule-session.ts';

const pasting = { stepId: 'credentials' } as const;
const inConsole = { ...pasting, lastLabel: 'Save' } as const;

/** The first test of a connection whose token field is filled in wrongly. */
const oktaTest =
  (name: 'wrong-token' | 'double-bearer' | 'no-scheme') =>
  async ({ idp, ready }: Stage<SimulatedOkta>, isFaulty: boolean) => {
    if (isFaulty) idp.breakWith(faults[name]);
    await ready();
    await idp.testCredentials();
    return {
      mend: async () => {
        idp.mend(...idp.faults());
        await idp.testCredentials();
      },
    };
  };
const entraTest =
  (secretToken: (token: string) => string) =>
  async ({ idp, ready }: Stage<SimulatedEntra>, isFaulty: boolean) => {
    const { secretToken: right } = idp.settings();
    if (isFaulty) idp.configure({ secretToken: secretToken(right) });
    await ready();
    await idp.testConnection();
    return {
      mend: async () => {
        idp.configure({ secretToken: right });
        await idp.testConnection();
      },
    };
  };
const otherTest =
  (authorization: string) =>
  async ({ idp, ready }: Stage<ScimServer['scim']>, isFaulty: boolean) => {
    await ready();
    await idp('GET', '/Users?count=1', undefined, isFaulty ? { authorization } : {});
    return { mend: () => idp('GET', '/Users?count=1') };
  };

export const tokenRuleSessions: readonly RuleSession[] = [
  onOkta('aiw', {
    rule: 'token.unknown',
    sentence: 'Okta signs in with a token that is not known here.',
    ...inConsole,
    play: oktaTest('wrong-token'),
  }),
  onOkta('oin', {
    rule: 'token.bearer_twice',
    sentence: 'Okta sends the word Bearer twice.',
    ...inConsole,
    play: oktaTest('double-bearer'),
  }),
  onOkta('oin', {
    rule: 'token.bearer_missing',
    sentence: 'Okta sends the token without the word Bearer.',
    ...inConsole,
    play: oktaTest('no-scheme'),
  }),
  onEntra('default', {
    rule: 'token.blank',
    sentence: /^Secret Token is empty in Entra/,
    ...inConsole,
    play: entraTest(() => ''),
  }),
  onEntra('flagged', {
    rule: 'token.decorated',
    sentence: 'Entra sends the token with other characters around it.',
    ...inConsole,
    play: entraTest((token) => `"${token}"`),
  }),
  onOther({
    rule: 'token.missing',
    sentence: 'Our other sends no token.',
    ...pasting,
    lastLabel: null,
    play: otherTest(''),
  }),
  onOther({
    rule: 'token.other_scheme',
    sentence: 'Our other signs in with something other than a bearer token.',
    ...pasting,
    lastLabel: null,
    play: otherTest('Basic bm9vcjpub29y'),
  }),
  onOther({
    rule: 'token.client_refused',
    sentence: 'Our other asks for access tokens and does not prove who it is.',
    ...pasting,
    lastLabel: null,
    play: async ({ idp, server, ready }, isFaulty) => {
      const { make, tokenEndpoint } = clientDesk(server);
      const { clientId, secret } = await make({ kind: 'secret', days: null });
      const grant = (client_secret: string) =>
        askToken(tokenEndpoint, { client_id: clientId, client_secret });
      await ready();
      await grant(isFaulty ? 'not the secret' : (secret ?? ''));
      return { mend: () => idp('GET', '/Users?count=1') };
    },
  }),
  onOkta('oin', {
    rule: 'token.revoked_used',
    sentence: 'Okta still signs in with a token that was revoked.',
    ...inConsole,
    play: async (stage, isFaulty) => {
      const { idp, server, ready } = stage;
      await runningOkta(stage);
      const token = await newToken(server);
      if (!isFaulty) idp.configure({ token });
      await revokeOldest(server);
      await ready();
      await idp.testCredentials();
      return {
        mend: async () => {
          idp.configure({ token });
          await idp.testCredentials();
        },
      };
    },
  }),
  onEntra('flagged', {
    rule: 'token.expired_used',
    sentence: 'Entra still signs in with a token that has expired.',
    ...inConsole,
    play: async (stage, isFaulty) => {
      const { idp, server, pass, ready } = stage;
      await runningEntra(stage);
      const secretToken = await newToken(server, { overlapDays: 1 });
      if (!isFaulty) idp.configure({ secretToken });
      await pass(2 * day);
      await ready();
      await idp.testConnection();
      return {
        mend: async () => {
          idp.configure({ secretToken });
          await idp.testConnection();
        },
      };
    },
  }),
  onOkta('aiw', {
    rule: 'token.none_live',
    sentence: /^The token ending in .{4} was revoked on 2 November 2026, and there is no other\.$/,
    ...inConsole,
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, server, ready } = stage;
      await runningOkta(stage);
      await ready();
      const token = isFaulty ? null : await newToken(server);
      await revokeOldest(server);
      idp.configure({ ...(token !== null && { token }) });
      return { mend: async () => idp.configure({ token: await newToken(server) }) };
    },
  }),
  onOkta('oin', {
    rule: 'token.expiring',
    sentence: /^The token ending in .{4} expires on 2 November 2027\.$/,
    ...inConsole,
    onBoth: true,
    play: async (stage, isFaulty) => {
      const { idp, server, pass } = stage;
      const madeAt = server.clock.now;
      idp.configure({ token: await newToken(server, { tokenDays: isFaulty ? 365 : null }) });
      await revokeOldest(server);
      await runningOkta(stage);
      await pass(304 * day);
      await stage.ready();
      return {
        dueAt: madeAt + 305 * day,
        mend: async () => idp.configure({ token: await newToken(server) }),
      };
    },
  }),
];
