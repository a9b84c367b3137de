// The key sets that OAuth clients serve at their `jwks_uri`: fetched through the guarded way out, kept for a while, and
// fetched again when a key is asked for that is not among them. Knows no assertion.
import { LRUCache } from 'lru-cache';
import { type Outgoing, OutgoingRefusal } from '../core/outgoing.ts';
import { type ClientKey, usableKeys } from './client-key.ts';

/** Why keys could not be got, in a sentence for whoever runs the client. */
export class UnreachableKeys extends Error {
  override readonly name = 'UnreachableKeys';
}

export interface RemoteKeys {
  /**
   * The keys at an address. One that holds none by the id `kid` is asked again, but not more often than every half
   * minute: whoever sends made-up ids makes this server ask no oftener.
   * @throws UnreachableKeys
   */
  at(url: string, kid: string | undefined): Promise<readonly ClientKey[]>;
}

/** How long a key set is taken as it is, how long it is used when its address fails, and the pause between two askings. */
const freshMs = 10 * 60_000;
const usableMs = 60 * 60_000;
const pauseMs = 30_000;
const patienceMs = 5_000;

interface KeySet {
  readonly keys: readonly ClientKey[];
  /** When they came; -Infinity while none have. */
  readonly fetchedAt: number;
  readonly askedAt: number;
  readonly failure: string | undefined;
}

const nothing: KeySet = { keys: [], fetchedAt: -Infinity, askedAt: -Infinity, failure: undefined };

/** One process's key sets, five hundred at most. */
export function createRemoteKeys({
  outgoing,
  now,
}: {
  readonly outgoing: Outgoing;
  readonly now: () => number;
}): RemoteKeys {
  const known = new LRUCache<string, KeySet>({ max: 500 });
  const underWay = new Map<string, Promise<KeySet>>();

  const ask = async (url: string, before: KeySet): Promise<KeySet> => {
    const at = now();
    let after: KeySet;
    try {
      after = { keys: await fetchKeys(outgoing, url), fetchedAt: at, askedAt: at, failure: undefined };
    } catch (error) {
      after = { ...before, askedAt: at, failure: failureOf(url, error) };
    }
    known.set(url, after);
    return after;
  };
  /** Whoever comes while somebody asks waits for the same answer. */
  const askOnce = (url: string, before: KeySet): Promise<KeySet> => {
    const running = underWay.get(url) ?? ask(url, before).finally(() => underWay.delete(url));
    underWay.set(url, running);
    return running;
  };

  return {
    async at(url, kid) {
      let set = known.get(url) ?? nothing;
      const isOld = now() - set.fetchedAt > freshMs;
      const isMissing = kid !== undefined && !set.keys.some((key) => key.kid === kid);
      if ((isOld || isMissing) && now() - set.askedAt >= pauseMs) set = await askOnce(url, set);
      else set = (await underWay.get(url)) ?? set;
      if (now() - set.fetchedAt <= usableMs) return set.keys;
      throw new UnreachableKeys(set.failure ?? `The keys at ${new URL(url).host} cannot be read.`);
    },
  };
}

async function fetchKeys(outgoing: Outgoing, url: string): Promise<readonly ClientKey[]> {
  const response = await outgoing.fetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(patienceMs),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new UnreachableKeys(
      `${new URL(url).host} answered ${response.status} where the client's keys should be. Correct the client's jwks_uri, or see why.`,
    );
  }
  const keys = usableKeys(await response.json());
  if (keys.length === 0)
    throw new UnreachableKeys(
      `${new URL(url).host} serves no key that can be used. It has to serve a JWK set with RSA keys of 2048 bits or more, EC keys on P-256 or Ed25519 keys.`,
    );
  return keys;
}

function failureOf(url: string, error: unknown): string {
  if (error instanceof UnreachableKeys) return error.message;
  const cause = error instanceof Error ? error.cause : undefined;
  for (const one of [error, cause]) if (one instanceof OutgoingRefusal) return one.message;
  if (error instanceof SyntaxError)
    return `What ${new URL(url).host} serves as the client's keys is not JSON.`;
  return `${new URL(url).host}, which serves the client's keys, cannot be reached. See that it answers over https.`;
}
