// Asks DNS for the TXT record that proves a domain, and tells what is missing from what could not be asked. Knows names
// and answers of name servers; whose domain it is, it does not.
import { Resolver } from 'node:dns/promises';
import type { DomainFinding } from '../../shared/domain.ts';

/** The record that proves a domain. */
export function challengeRecord(
  domain: string,
  challenge: string,
): { readonly name: string; readonly value: string } {
  return { name: `_rollcall-challenge.${domain}`, value: `rollcall-verification=${challenge}` };
}

/** What DNS said, and what it has instead of the record. */
export interface ChallengeAnswer {
  readonly finding: DomainFinding;
  readonly seen: readonly string[];
}

/** Looks for the record; it never throws. */
export type ChallengeReader = (domain: string, challenge: string) => Promise<ChallengeAnswer>;

/** What name servers say when there is nothing, as opposed to when they do not say. @see RFC 2308 §2 */
const nothingThere = ['ENOTFOUND', 'ENODATA'];

/**
 * A reader that asks these name servers (`address` or `address:port`), or the system's own when there are none, and
 * waits for each of two tries for so many milliseconds.
 */
export function createChallengeReader(servers: readonly string[], timeout = 2500): ChallengeReader {
  return async (domain, challenge) => {
    const resolver = new Resolver({ timeout, tries: 2 });
    if (servers.length > 0) resolver.setServers(servers);
    const { name, value } = challengeRecord(domain, challenge);
    const texts = await textsAt(resolver, name);
    if (texts === 'unreachable') return { finding: 'unreachable', seen: [] };
    if (texts.includes(value)) return { finding: 'found', seen: [] };
    if (texts.length > 0) return { finding: 'wrong_value', seen: shown(texts) };
    // At the domain itself, or with the domain added once more by the form of the DNS host.
    for (const elsewhere of [domain, `${name}.${domain}`]) {
      const others = await textsAt(resolver, elsewhere);
      if (others.includes(value)) return { finding: 'misplaced', seen: [elsewhere] };
    }
    return { finding: await withoutRecord(resolver, domain), seen: [] };
  };
}

async function textsAt(resolver: Resolver, name: string): Promise<readonly string[] | 'unreachable'> {
  try {
    const records = await resolver.resolveTxt(name);
    return records.map((strings) =>
      strings
        .join('')
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );
  } catch (error) {
    return nothingThere.includes(codeOf(error)) ? [] : 'unreachable';
  }
}

async function withoutRecord(resolver: Resolver, domain: string): Promise<DomainFinding> {
  try {
    await resolver.resolveNs(domain);
    return 'no_record';
  } catch (error) {
    return codeOf(error) === 'ENOTFOUND' ? 'no_domain' : 'no_record';
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const shown = (texts: readonly string[]): readonly string[] =>
  texts.slice(0, 5).map((text) => text.slice(0, 100));
