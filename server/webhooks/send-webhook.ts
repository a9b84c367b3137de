// One message handed to one receiver over HTTP, and what its answer means. Knows no queue. Of an answer nothing but status
// and Retry-After is looked at: its body is the receiver's, and one inside an allowed network must not become readable.
import { STATUS_CODES } from 'node:http';
import { type Outgoing, OutgoingRefusal } from '../core/outgoing.ts';
import { readRetryAfter } from './webhook-backoff.ts';

/** What came of an attempt. */
export interface WebhookAnswer {
  readonly delivered: boolean;
  /** Null when there was no answer. */
  readonly status: number | null;
  /** In a sentence. */
  readonly outcome: string;
  /** What the receiver asked to be left alone for. */
  readonly retryAfterMs?: number | undefined;
  /** Whether it was broken off by ourselves and says nothing about the receiver. */
  readonly interrupted?: boolean;
}

export interface SendDeps {
  readonly outgoing: Pick<Outgoing, 'fetch'>;
  readonly now: () => number;
  /** How long a receiver may take to answer, in milliseconds; fifteen seconds when left out. */
  readonly answerWithin?: number | undefined;
}

/** Sends one message; never throws. */
export async function sendWebhook(
  { outgoing, now, answerWithin = 15_000 }: SendDeps,
  message: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  },
  stop?: AbortSignal,
): Promise<WebhookAnswer> {
  const limit = AbortSignal.timeout(answerWithin);
  try {
    const response = await outgoing.fetch(message.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Rollcall', ...message.headers },
      body: message.body,
      signal: stop ? AbortSignal.any([limit, stop]) : limit,
    });
    await response.body?.cancel().catch(() => {});
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), now());
    return { ...meaningOf(response.status), status: response.status, retryAfterMs };
  } catch (error) {
    if (stop?.aborted)
      return { ...failed('Rollcall stopped before there was an answer.'), interrupted: true };
    if (limit.aborted) return failed(`There was no answer within ${answerWithin / 1000} s.`);
    return failed(troubleOf(error));
  }
}

function failed(outcome: string): WebhookAnswer {
  return { delivered: false, status: null, outcome };
}

function meaningOf(status: number): Pick<WebhookAnswer, 'delivered' | 'outcome'> {
  const named = `${status}${STATUS_CODES[status] === undefined ? '' : ` ${STATUS_CODES[status]}`}`;
  if (status >= 200 && status < 300) return { delivered: true, outcome: `Taken with ${named}.` };
  if (status >= 300 && status < 400)
    return {
      delivered: false,
      outcome: `Answered with a redirect (${named}), which is never followed. Enter the address that it leads to.`,
    };
  if (status === 410) return { delivered: false, outcome: `Answered ${named}: nobody wants messages there.` };
  return { delivered: false, outcome: `Answered ${named}.` };
}

const troubles: readonly (readonly [code: RegExp, sentence: string])[] = [
  [/^(?:ENOTFOUND|EAI_AGAIN)$/, 'The host’s name leads nowhere: DNS has no address for it.'],
  [/^ECONNREFUSED$/, 'Nothing listens at this address: the connection was refused.'],
  [/^(?:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|EHOSTUNREACH|ENETUNREACH)$/, 'The host cannot be reached.'],
  [/^(?:UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/, 'There was no answer in time.'],
  [/^CERT_HAS_EXPIRED$/, 'The host’s TLS certificate has expired.'],
  [/^ERR_TLS_CERT_ALTNAME_INVALID$/, 'The host’s TLS certificate is for another name.'],
  [/CERT|UNABLE_TO|SELF_SIGNED/, 'The host’s TLS certificate is not one that can be trusted.'],
  [/^(?:ERR_SSL|EPROTO)/, 'The host does not speak TLS as it should.'],
  [/^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'The connection was cut before there was an answer.'],
  [/^HTTPParserError$|^HPE_/, 'What the host answered is not HTTP.'],
];

function troubleOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof OutgoingRefusal) return cause.message;
  const { code: given, name } = (cause ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  const code = String(given ?? name);
  const known = troubles.find(([pattern]) => pattern.test(code));
  if (known) return known[1];
  if (cause instanceof Error && cause.message === 'bad port')
    return 'This port belongs to another protocol, so nothing is sent to it.';
  return 'The message could not be handed over.';
}
