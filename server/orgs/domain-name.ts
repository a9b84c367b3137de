// Domain names as they are typed and as DNS knows them. Pure: nobody is asked whether a domain exists.
import { isIP } from 'node:net';
import { domainToASCII, domainToUnicode } from 'node:url';
import type { DomainRefusal } from '../../shared/domain.ts';

// Below a country's code these are where others register; the countries' own lists are far longer and ever changing.
const registries = /^(?:ac|co|com|edu|gov|net|org)\.[a-z]{2}$/;

/** Reads a domain as people paste it ("@Corp.example", "https://corp.example/") into the letters that DNS uses. */
export function readDomain(text: string): { readonly domain: string } | { readonly refused: DomainRefusal } {
  const bare = text
    .trim()
    .replace(/^https?:\/\//i, '')
    .replace(/^.*@/, '')
    .replace(/\/.*$/, '')
    .replace(/\.$/, '');
  if (isIP(bare.replace(/^\[|\]$/g, '')) !== 0) return { refused: 'ip_address' };
  const domain = domainToASCII(bare);
  if (isIP(domain) !== 0) return { refused: 'ip_address' };
  if (!isHostName(domain)) return { refused: 'not_a_domain' };
  if (!domain.includes('.') || registries.test(domain)) return { refused: 'public_suffix' };
  return { domain };
}

function isHostName(domain: string): boolean {
  if (domain === '' || domain.length > 253) return false;
  return domain.split('.').every((label) => /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label));
}

/**
 * The domain of an e-mail address in the letters that DNS uses; empty when there is none, or when it is written with
 * characters that only browsers read as that domain: mail programs take them as they are, and mail goes elsewhere.
 */
export function domainOf(address: string): string {
  const written = address
    .slice(address.lastIndexOf('@') + 1)
    .trim()
    .toLowerCase();
  const domain = domainToASCII(written);
  return written === domain || written === domainToUnicode(domain) ? domain : '';
}
