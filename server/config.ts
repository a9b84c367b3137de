// What can be configured, and how a mistake in it is explained. The only reader of environment variables; it touches
// nothing else: no file, no network.
import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { isExtensionRedirect } from '../shared/extension.ts';
import { editDistance } from './core/edit-distance.ts';

/** The configuration, read once at the start. */
export interface Config {
  /** The address to listen on. */
  readonly host: string;
  /** The port to listen on; 0 takes any free one. */
  readonly port: number;
  /** The address that others reach this server by, without a slash at its end; to be derived from the port when absent. */
  readonly publicUrl?: string;
  /** Where PostgreSQL is; SQLite in `dataDir` serves when absent. */
  readonly databaseUrl?: string;
  /** The absolute path of the data folder. */
  readonly dataDir: string;
  /** The server's own key, at least 32 characters; made and kept in `dataDir` when absent. */
  readonly secret?: string;
  /** SCIM requests a second that each connection may make; 0 is no limit. */
  readonly scimRateLimit: number;
  /** The mail server; mails land in `dataDir` when absent. */
  readonly smtpUrl?: string;
  /** The address that mails come from; made from the public address when absent. */
  readonly mailFrom?: string;
  /** The origins at which copies of the extension are reached that the stores gave ids of their own. */
  readonly extensionRedirects: readonly string[];
  /** The name servers that domains are looked up at; the system's own when there are none. */
  readonly dnsServers: readonly string[];
  /** The proxies whose word on where a request came from is believed: addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[];
  /** The networks that requests which people ask for may go to although they are not public: addresses and CIDR ranges. */
  readonly outgoingNetworks: readonly string[];
  readonly logLevel: (typeof logLevels)[number];
  /** Sentences about variables that look like ours and are not. */
  readonly warnings: readonly string[];
}

/** One variable that cannot be used. */
export interface ConfigMistake {
  readonly variable: string;
  /** What was given, with secrets masked. */
  readonly value: string;
  readonly expected: string;
  readonly example: string;
}

/** Every mistake of a configuration at once; its message is meant for the person who starts the server. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  constructor(readonly mistakes: readonly ConfigMistake[]) {
    const count = mistakes.length === 1 ? 'one variable' : `${mistakes.length} variables`;
    const paragraphs = mistakes.map(
      ({ variable, value, expected, example }) =>
        `  ${variable} is ${value}\n    expected: ${expected}\n    example:  ${variable}=${example}`,
    );
    super(
      `Rollcall cannot start: ${count} of its configuration cannot be used.\n\n${paragraphs.join('\n\n')}\n`,
    );
  }
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

interface Variable<Value> {
  readonly schema: z.ZodType<Value, string>;
  readonly expected: string;
  readonly example: string;
  /** How its value is shown in a mistake. */
  readonly show: (value: string) => string;
}

/** "10.0.0.1", "10.0.0.0/8", "2001:db8::/32". */
function isAddressOrRange(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

const quoted = (value: string): string => `"${value}"`;

// The password ends at the last "@", because a mistyped one may hold unescaped "@" and "/".
const withoutPassword = (value: string): string =>
  quoted(value.replace(/^([a-z0-9+.-]+:\/+)?.*@/is, '$1***@').replace(/(password=)[^&]*/gi, '$1***'));

const urlOf = (protocols: readonly string[]) =>
  z.string().refine((text) => {
    if (!URL.canParse(text)) return false;
    const { protocol, hostname } = new URL(text);
    return protocols.includes(protocol) && hostname !== '';
  });

const isNameServer = (text: string): boolean => {
  const [, bracketed, bare = text, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const ip = isIP(bracketed ?? bare);
  return ip !== 0 && (bracketed === undefined || ip === 6) && Number(port ?? 53) <= 65_535;
};

const networks = z
  .string()
  .transform((text) => text.split(',').map((one) => one.trim()))
  .refine((all) => all.every(isAddressOrRange));

const variables = {
  HOST: {
    schema: z.string().refine((text) => isIP(text) !== 0 || /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(text)),
    expected: 'the host name or IP address to listen on, without a scheme or port',
    example: '127.0.0.1',
    show: quoted,
  },
  PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/)
      .transform(Number)
      .refine((port) => port <= 65_535),
    expected: 'a whole number from 0 to 65535, where 0 takes any free port',
    example: '4310',
    show: quoted,
  },
  PUBLIC_URL: {
    schema: urlOf(['http:', 'https:'])
      .refine((text) => !/[_?#@]/.test(text))
      .transform((text) => new URL(text).href.replace(/\/+$/, '')),
    expected:
      'the http or https address that your identity provider reaches this server by, without user name, query or ' +
      'fragment, and without an underscore, because Okta refuses addresses that hold one',
    example: 'https://rollcall.corp.example',
    show: withoutPassword,
  },
  DATABASE_URL: {
    schema: urlOf(['postgres:', 'postgresql:']),
    expected: 'the postgres:// address of a PostgreSQL database, or nothing for SQLite in the data folder',
    example: 'postgres://rollcall:password@db.corp.example:5432/rollcall',
    show: withoutPassword,
  },
  ROLLCALL_DATA_DIR: {
    schema: z
      .string()
      .refine((text) => !text.includes('\0'))
      .transform((text) => resolve(text)),
    expected: 'the path of a folder that Rollcall may write to',
    example: './data',
    show: quoted,
  },
  ROLLCALL_SECRET: {
    schema: z.string().min(32),
    expected: 'at least 32 characters that nobody can guess, such as "openssl rand -base64 32" prints',
    example: '<what "openssl rand -base64 32" prints>',
    show: (value) => `hidden (${value.length} characters)`,
  },
  SCIM_RATE_LIMIT: {
    schema: z
      .string()
      .regex(/^\d{1,7}$/)
      .transform(Number)
      .refine((limit) => limit === 0 || limit >= 25),
    expected: 'requests a second for each connection: a whole number of at least 25, or 0 for no limit',
    example: '100',
    show: quoted,
  },
  SMTP_URL: {
    schema: urlOf(['smtp:', 'smtps:']),
    expected: 'the smtp:// or smtps:// address of a mail server',
    example: 'smtps://rollcall:password@mail.corp.example:465',
    show: withoutPassword,
  },
  DNS_SERVERS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((one) => one.trim()))
      .refine((all) => all.every(isNameServer)),
    expected: 'the IP addresses of name servers, parted by commas, each with a port where it is not 53',
    example: '192.0.2.53,[2001:db8::53]:5353',
    show: quoted,
  },
  MAIL_FROM: {
    schema: z.email(),
    expected: 'the bare e-mail address that mails come from, without a name',
    example: 'rollcall@corp.example',
    show: quoted,
  },
  EXTENSION_REDIRECTS: {
    schema: z
      .string()
      .transform((text) => text.split(',').map((one) => one.trim()))
      .refine((all) => all.every(isExtensionRedirect))
      .transform((all) => all.map((one) => one.replace(/\/$/, ''))),
    expected:
      'the https addresses that browsers keep for copies of the extension with other ids, parted by commas: they end in ' +
      '.chromiumapp.org or .extensions.allizom.org',
    example: 'https://abcdefghijklmnopabcdefghijklmnop.chromiumapp.org',
    show: quoted,
  },
  TRUSTED_PROXIES: {
    schema: networks,
    expected:
      'the IP addresses or ranges of the proxies in front of this server, parted by commas, whose X-Forwarded-For is ' +
      'believed',
    example: '127.0.0.1,10.0.0.0/8',
    show: quoted,
  },
  OUTGOING_NETWORKS: {
    schema: networks,
    expected:
      'the IP addresses or ranges, parted by commas, of your own networks in which webhooks may be delivered and ' +
      'identity providers asked, which are otherwise reached on the public internet alone',
    example: '10.20.0.0/16',
    show: quoted,
  },
  LOG_LEVEL: {
    schema: z.string().toLowerCase().pipe(z.enum(logLevels)),
    expected: `one of ${logLevels.join(', ')}`,
    example: 'info',
    show: quoted,
  },
} as const satisfies Record<string, Variable<unknown>>;

type VariableName = keyof typeof variables;
type ValueOf<Name extends VariableName> = z.output<(typeof variables)[Name]['schema']>;

/**
 * Reads the configuration from environment variables; an empty variable counts as absent.
 * @throws {ConfigError} naming every variable that cannot be used
 */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const mistakes: ConfigMistake[] = [];
  const read = <Name extends VariableName>(name: Name): ValueOf<Name> | undefined => {
    const { schema, expected, example, show } = variables[name];
    const value = env[name]?.trim();
    if (value === undefined || value === '') return undefined;
    const result = schema.safeParse(value);
    if (!result.success) mistakes.push({ variable: name, value: show(value), expected, example });
    return result.data as ValueOf<Name> | undefined;
  };

  const host = read('HOST') ?? '127.0.0.1';
  const port = read('PORT') ?? 4310;
  const publicUrl = read('PUBLIC_URL');
  const databaseUrl = read('DATABASE_URL');
  const dataDir = read('ROLLCALL_DATA_DIR') ?? resolve('data');
  const secret = read('ROLLCALL_SECRET');
  const scimRateLimit = read('SCIM_RATE_LIMIT') ?? 100;
  const smtpUrl = read('SMTP_URL');
  const mailFrom = read('MAIL_FROM');
  const extensionRedirects = read('EXTENSION_REDIRECTS') ?? [];
  const dnsServers = read('DNS_SERVERS') ?? [];
  const trustedProxies = read('TRUSTED_PROXIES') ?? [];
  const outgoingNetworks = read('OUTGOING_NETWORKS') ?? [];
  const logLevel = read('LOG_LEVEL') ?? 'info';
  if (mistakes.length > 0) throw new ConfigError(mistakes);

  return {
    host,
    port,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(databaseUrl !== undefined && { databaseUrl }),
    dataDir,
    ...(secret !== undefined && { secret }),
    scimRateLimit,
    ...(smtpUrl !== undefined && { smtpUrl }),
    ...(mailFrom !== undefined && { mailFrom }),
    extensionRedirects,
    dnsServers,
    trustedProxies,
    outgoingNetworks,
    logLevel,
    warnings: Object.keys(env).flatMap(nearMiss),
  };
}

// ROLLCALL_DATADIR, ROLLCALL_PORT and ROLLCALL_SECERT are ours but for a slip; other names with the prefix may belong
// to somebody's own scripts.
function nearMiss(given: string): string[] {
  if (!given.startsWith('ROLLCALL_') || given in variables) return [];
  const bare = (name: string): string => name.replace(/^ROLLCALL_/, '').replaceAll('_', '');
  const meant = Object.keys(variables).find(
    (name) => editDistance(bare(given), bare(name)) <= bare(name).length / 3,
  );
  return meant === undefined
    ? []
    : [`${given} is not a variable of Rollcall and has no effect. Did you mean ${meant}?`];
}
