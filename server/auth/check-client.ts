// Whether an identity provider knows our client, its secret and the redirect URI: asks it for a sign-in that shows nobody
// anything, and for a token with a code that nobody was given. What it says to that tells. @see RFC 6749 §4.1, §5.2
import {
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  genericGrantRequest,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { z } from 'zod';
import type { SsoCheck } from '../../shared/single-sign-on.ts';
import type { Outgoing } from '../core/outgoing.ts';
import { newSecret } from '../core/secrets.ts';
import { failed, passed, unknown } from './check-issuer.ts';
import { type ExplainedFailure, explainSsoFailure } from './explain-sso-failure.ts';
import { ofFailure, type Trouble } from './read-discovery.ts';

interface Asked {
  readonly config: Configuration;
  readonly redirectUri: string;
  /** Whether there is a secret to try. */
  readonly hasSecret: boolean;
}

/** What came of one question: it was understood, it was refused for a reason, or nothing can be told. */
type Answer =
  | { readonly is: 'understood' }
  | { readonly is: 'refused'; readonly why: ExplainedFailure; readonly said: string }
  | { readonly is: 'unclear'; readonly trouble?: Trouble };

export async function checkClient(outgoing: Outgoing, asked: Asked): Promise<readonly SsoCheck[]> {
  const page = await askForSignIn(outgoing, asked);
  const token: Answer = asked.hasSecret ? await askForToken(asked) : { is: 'unclear' };
  const about = (...what: ExplainedFailure['about'][]) =>
    [page, token].find((one) => one.is === 'refused' && what.includes(one.why.about));
  const app = about('app', 'tenant');
  return [
    redirectCheck(asked, page, about('redirect_uri')),
    clientCheck(asked, token, about('client') ?? about('secret')),
    ...(app?.is === 'refused' ? [refused('app', app)] : []),
  ];
}

function redirectCheck({ redirectUri }: Asked, page: Answer, bad: Answer | undefined): SsoCheck {
  if (bad?.is === 'refused') return refused('redirect_uri', bad);
  if (page.is === 'understood') return passed('redirect_uri', `It knows the redirect URI ${redirectUri}.`);
  return unknown(
    'redirect_uri',
    'Whether it knows the redirect URI, it tells nobody but a browser: a sign-in shows it.',
  );
}

function clientCheck({ hasSecret }: Asked, token: Answer, bad: Answer | undefined): SsoCheck {
  if (bad?.is === 'refused') return refused('client', bad);
  if (token.is === 'understood') return passed('client', 'It accepts the client ID and the client secret.');
  if (!hasSecret)
    return unknown('client', 'The client secret was not tried: the one that is kept is another client’s.');
  if (token.is === 'unclear' && token.trouble !== undefined) return failed('client', token.trouble);
  return unknown('client', 'It does not say whether it accepts the client secret: a sign-in shows it.');
}

function refused(id: string, { why, said }: Extract<Answer, { is: 'refused' }>): SsoCheck {
  const { sentence, remedy } = why;
  return failed(id, { sentence: said === '' ? sentence : `${sentence} It said: “${said}”.`, remedy });
}

/** Whoever is not signed in there is sent back at once, if the client and its redirect URI are known. */
async function askForSignIn(outgoing: Outgoing, { config, redirectUri }: Asked): Promise<Answer> {
  const url = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid profile email',
    state: newSecret(),
    nonce: newSecret(),
    code_challenge: await calculatePKCECodeChallenge(newSecret()),
    code_challenge_method: 'S256',
    prompt: 'none',
  });
  try {
    const response = await outgoing.fetch(url, { headers: { accept: 'text/html' } });
    const text = textOf(await response.text());
    const location = response.headers.get('location');
    if (location === null || !URL.canParse(location, url.href)) return fromPage(text);
    const back = new URL(location, url.href);
    if (!back.href.startsWith(redirectUri)) return { is: 'unclear' };
    return fromError(back.searchParams.get('error') ?? '', back.searchParams.get('error_description') ?? '');
  } catch {
    return { is: 'unclear' };
  }
}

/** That it sent us back shows that it knows us; some refusals on the way are worth telling all the same. */
function fromError(error: string, description: string): Answer {
  const why = explainSsoFailure(error, description);
  if (why === undefined || why.about === 'person') return { is: 'understood' };
  return { is: 'refused', why, said: oneLine(description || error) };
}

/** A page instead of a way back: its words name the parameter that is wrong, in most products. */
function fromPage(text: string): Answer {
  const [code = ''] =
    /\b(?:invalid_client|unauthorized_client|invalid_scope|invalid_redirect_uri)\b/.exec(text) ?? [];
  const why = explainSsoFailure(code, text);
  return why === undefined ? { is: 'unclear' } : { is: 'refused', why, said: '' };
}

/** A code that nobody was given is refused as such, once the client has been let in. */
async function askForToken({ config, redirectUri }: Asked): Promise<Answer> {
  try {
    await genericGrantRequest(config, 'authorization_code', {
      code: newSecret(),
      redirect_uri: redirectUri,
      code_verifier: newSecret(),
    });
    return { is: 'unclear' };
  } catch (error) {
    const said = await errorIn(error);
    if (said === undefined) {
      const { token_endpoint = '' } = config.serverMetadata();
      return { is: 'unclear', trouble: ofFailure(error, new URL(token_endpoint).host) };
    }
    const why = explainSsoFailure(said.error, said.description);
    if (why !== undefined) return { is: 'refused', why, said: oneLine(said.description || said.error) };
    return { is: said.error === 'invalid_grant' ? 'understood' : 'unclear' };
  }
}

async function errorIn(
  error: unknown,
): Promise<{ readonly error: string; readonly description: string } | undefined> {
  if (error instanceof ResponseBodyError)
    return { error: error.error, description: error.error_description ?? '' };
  if (!(error instanceof WWWAuthenticateChallengeError)) return undefined;
  // The body says more than the challenge, in most products; the library leaves it unread.
  const body: unknown = await error.response.json().catch(() => ({}));
  const told = z.object({ error: z.string(), error_description: z.string().default('') }).safeParse(body);
  if (told.success) return { error: told.data.error, description: told.data.error_description };
  const [challenge] = error.cause;
  const { error: code = 'invalid_client', error_description: description = '' } = challenge?.parameters ?? {};
  return { error: code, description };
}

function textOf(html: string): string {
  return html
    .replace(/<(script|style)\b.*?<\/\1>/gis, ' ')
    .replace(/<[^>]*>/g, ' ')
    .slice(0, 20_000);
}

/** A stranger's words on one short line, without a full stop. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200)
    .replace(/\.$/, '');
}
