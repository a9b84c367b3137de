// Which IP addresses are on the public internet, and which lie in a network. Pure; it resolves no name.
import ipaddr from 'ipaddr.js';

/** A network: its first address, and how many leading bits all of its addresses share. */
export type Network = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** All of IPv6 that is given out for the public internet. @see RFC 4291 §2.4, RFC 3587 */
const givenOut: Network = ipaddr.parseCIDR('2000::/3');

/** Reads "10.0.0.0/8", or an address alone as the network of itself. @throws Error when it is neither */
export function readNetwork(text: string): Network {
  if (text.includes('/')) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}

/** Whether an address is one of a network's; an IPv4 address written as IPv6 is the IPv4 address. */
export function isWithin(address: string, network: Network): boolean {
  const parsed = ipaddr.process(address);
  return parsed.kind() === network[0].kind() && parsed.match(network as [ipaddr.IPv4 & ipaddr.IPv6, number]);
}

/** Whether everybody on the internet reaches the same host by this address. @see RFC 6890 */
export function isPublicAddress(address: string): boolean {
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && (parsed.kind() === 'ipv4' || isWithin(address, givenOut));
}
