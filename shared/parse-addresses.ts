// People to invite, out of whatever somebody pastes: mail headers, lists, spreadsheet columns, CSV. Pure; knows no member.
import { readAddressTable } from './address-table.ts';
import { type AddressFault, addressFault } from './mail-address.ts';
import type { MemberRole } from './member.ts';
import { type Place, readAddressLine } from './pasted-line.ts';

/** Somebody to invite. */
export interface AddressEntry extends Place {
  readonly address: string;
  readonly name?: string;
  readonly role?: MemberRole;
}

/** A piece of the text that is no address, with what is wrong and where. */
export interface MalformedEntry extends Place {
  /** As it was pasted, cut off after 80 characters. */
  readonly text: string;
  readonly fault: AddressFault | 'unknown_role' | 'no_address';
}

export interface ParsedAddresses {
  /** In the order of the text, each address once. */
  readonly entries: readonly AddressEntry[];
  readonly malformed: readonly MalformedEntry[];
  /** How many were left out because the same address stands further up. */
  readonly repeated: number;
}

/** Reads the people out of a text. Every piece that is not part of a name comes out as an entry or as malformed. */
export function parseAddresses(text: string): ParsedAddresses {
  const entries = new Map<string, AddressEntry>();
  const malformed: MalformedEntry[] = [];
  let repeated = 0;
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|[\n\r\u2028\u2029]/);
  const candidates =
    readAddressTable(lines) ?? lines.flatMap((line, index) => readAddressLine(line, index + 1));
  for (const { address, name, role, line, column } of candidates) {
    const fault = address === '' ? 'no_address' : addressFault(address);
    const wanted = role.toLowerCase();
    if (fault !== undefined) {
      malformed.push({ text: (address || name).slice(0, 80), line, column, fault });
    } else if (!isRole(wanted)) {
      malformed.push({ text: wanted.slice(0, 80), line, column, fault: 'unknown_role' });
    } else if (entries.has(address.toLowerCase())) {
      repeated += 1;
    } else {
      const entry = { address, ...(name && { name }), ...(wanted !== '' && { role: wanted }), line, column };
      entries.set(address.toLowerCase(), entry);
    }
  }
  return { entries: [...entries.values()], malformed, repeated };
}

const isRole = (text: string): text is MemberRole | '' => ['', 'owner', 'admin', 'member'].includes(text);
