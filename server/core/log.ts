// The server's log: JSON lines with request ids, and no secret in them. Knows pino and what a secret is called.
import type { IncomingHttpHeaders } from 'node:http';
import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino';
import { newId, withoutTokens } from './secrets.ts';

/** The names of fields that are never shown: `authorization`, `set-cookie`, `newPassword`, `accessToken`, … */
const secretName = /(?:authorization|cookie|secret|password|token)$/i;

/** Lines that may hold one of the two; all others are written as they are. */
const suspicious = /(?:authorization|cookie|secret|password|token)":|rollcall_/i;

/**
 * The line with what is secret hidden, at any depth. It reads what pino has written, because only there everything has
 * come together: fields, bindings of child loggers, serialized errors and the message.
 */
function withoutSecrets(line: string): string {
  if (!suspicious.test(line)) return line;
  const fields: unknown = JSON.parse(line, (name, value: unknown) => {
    if (secretName.test(name)) return '[hidden]';
    return typeof value === 'string' ? withoutTokens(value) : value;
  });
  return `${JSON.stringify(fields)}\n`;
}

interface LoggedRequest {
  readonly method: string;
  readonly url: string;
  readonly ip: string;
}

/** Options for pino. `level` is one of pino's, or `silent`. */
function logOptions(level: string): LoggerOptions {
  return {
    level,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    hooks: { streamWrite: withoutSecrets },
    // Of a request neither headers nor body, nor the query, because people's names stand in filters.
    serializers: {
      req: ({ method, url, ip }: LoggedRequest) => ({ method, path: url.split('?', 1)[0], ip }),
      res: ({ statusCode }: { readonly statusCode: number }) => ({ status: statusCode }),
    },
  };
}

/** The log of a process, to standard output unless a destination is given; also Fastify's `loggerInstance`. */
export function createLog(level: string, destination?: DestinationStream): Logger {
  return destination === undefined ? pino(logOptions(level)) : pino(logOptions(level), destination);
}

/** For Fastify's `genReqId`: the id that a proxy gave the request, if it is one, or a new one. */
export function requestId(request: { readonly headers: IncomingHttpHeaders }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.-]{8,64}$/.test(given) ? given : newId();
}
