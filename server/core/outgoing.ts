// HTTP to addresses that people enter: to the public internet alone, and to networks that the operator allows. Knows
// addresses and limits; what is sent and why, it does not.
import { type LookupAddress, lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch, type RequestInit, type Response } from 'undici';
import { isPublicAddress, isWithin, type Network, readNetwork } from './network-address.ts';

/** Why a request was not sent, or its answer not read. */
export type OutgoingReason = 'address' | 'scheme' | 'credentials' | 'encoding';

/** A request that was not sent because of where it would have gone; its message is meant for people. */
export class OutgoingRefusal extends Error {
  override readonly name = 'OutgoingRefusal';
  constructor(
    readonly reason: OutgoingReason,
    message: string,
  ) {
    super(message);
  }
}

/** Sends requests; an answer that redirects is given as it is, never followed. */
export interface Outgoing {
  /**
   * Like the platform's `fetch`.
   * @throws OutgoingRefusal itself, or as the cause of a TypeError, when the address is not one to send to
   */
  fetch(url: string | URL, init?: RequestInit): Promise<Response>;
  /**
   * Says beforehand what can be said without looking a name up.
   * @throws OutgoingRefusal when nothing would ever be sent to this address
   */
  check(url: string | URL): void;
  close(): Promise<void>;
}

/** Every address of a host name. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface OutgoingOptions {
  /** Networks as CIDR ranges that requests may go to although they are not public, over plain HTTP too. */
  readonly allowedNetworks: readonly string[];
  /** Asks the system when left out. */
  readonly resolve?: Resolve;
}

/** How long a server may take to begin its answer, and the whole exchange, in milliseconds. */
const patienceMs = 15_000;
const longestMs = 30_000;
/** What is fetched are small documents; more than so many bytes end in a failure. */
const largestAnswer = 1_000_000;

/**
 * Opens the way out. A name is resolved once, every address of it is looked at, and the connection goes to one of those:
 * a name cannot change its mind in between.
 */
export function createOutgoing({ allowedNetworks, resolve = resolveBySystem }: OutgoingOptions): Outgoing {
  const allowed = allowedNetworks.map(readNetwork);
  const ways: Readonly<Record<string, Way>> = {
    'https:': wayTo((address) => isPublicAddress(address) || isAllowed(address, allowed), resolve),
    'http:': wayTo((address) => isAllowed(address, allowed), resolve),
  };
  /** @throws OutgoingRefusal */
  const wayFor = (target: URL): Way => {
    const way = ways[target.protocol];
    if (way === undefined)
      throw new OutgoingRefusal('scheme', 'The address has to begin with https://. Enter it anew.');
    if (target.username !== '' || target.password !== '')
      throw new OutgoingRefusal(
        'credentials',
        'The address holds a user name or a password. Leave them out.',
      );
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) !== 0 && !way.leadsTo(host)) throw refusedAddress(host);
    return way;
  };
  return {
    check(url) {
      const target = new URL(url);
      wayFor(target);
      if (target.protocol === 'http:' && allowed.length === 0) throw refusedAddress(target.host);
    },
    async fetch(url, init = {}) {
      const target = new URL(url);
      const way = wayFor(target);
      const limit = AbortSignal.timeout(longestMs);
      const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
      // What a packed answer unpacks to has no limit.
      const headers = {
        ...Object.fromEntries(new Headers(init.headers as HeadersInit)),
        'accept-encoding': 'identity',
      };
      const response = await fetch(target, {
        ...init,
        headers,
        signal,
        redirect: 'manual',
        dispatcher: way.agent,
      });
      if (!['', 'identity'].includes(response.headers.get('content-encoding') ?? '')) {
        await response.body?.cancel();
        throw new OutgoingRefusal(
          'encoding',
          `${target.host} answered with packed content, which was not asked for.`,
        );
      }
      return response;
    },
    async close() {
      await Promise.all(Object.values(ways).map(({ agent }) => agent.destroy()));
    },
  };
}

interface Way {
  readonly agent: Agent;
  leadsTo(address: string): boolean;
}

/** Connections to the addresses that pass, and to no other. */
function wayTo(leadsTo: Way['leadsTo'], resolve: Resolve): Way {
  const lookUp: LookupFunction = (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const refused = addresses.find(({ address }) => !leadsTo(address));
        const [first] = addresses;
        if (refused !== undefined) callback(refusedAddress(hostname), '', 0);
        else if (all === true) callback(null, [...addresses]);
        else callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
  const agent = new Agent({
    connect: { lookup: lookUp, timeout: patienceMs },
    headersTimeout: patienceMs,
    bodyTimeout: patienceMs,
    maxResponseSize: largestAnswer,
  });
  return { agent, leadsTo };
}

function isAllowed(address: string, networks: readonly Network[]): boolean {
  return networks.some((network) => isWithin(address, network));
}

function refusedAddress(host: string): OutgoingRefusal {
  return new OutgoingRefusal(
    'address',
    `${host} is not an address that this server sends to: it is in a private network, or is not reached over https. Whoever runs the server can allow its network in OUTGOING_NETWORKS.`,
  );
}

function resolveBySystem(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}
