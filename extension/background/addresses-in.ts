// Mail addresses within any text somebody selected. Pure.
import { addressFault, bareAddress } from '../../shared/mail-address.ts';

/** Each address once, in the order of the text, without what stands around it. */
export function addressesIn(text: string): readonly string[] {
  const words = text.split(/[\s<>()[\]{},;|]+/).filter((word) => word.includes('@'));
  return [...new Set(words.map(bareAddress))].filter((address) => addressFault(address) === undefined);
}
