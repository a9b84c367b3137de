// What to call somebody who is being invited, even if all that is known is an address. Pure.
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { isJsonObject } from '../scim/protocol/json.ts';

/** The name that the directory has for a person, or the one that their address suggests: "noor.haddad@…" is "Noor Haddad". */
export function personName(attributes: Attributes, address: string): string {
  const { displayName, name } = attributes;
  const parts = isJsonObject(name) ? name : {};
  const given = [parts.givenName, parts.familyName].filter(isText).join(' ');
  return [displayName, parts.formatted, given].find(isText) ?? nameFromAddress(address);
}

const isText = (value: Json | undefined): value is string => typeof value === 'string' && value.trim() !== '';

function nameFromAddress(address: string): string {
  const [mailbox = ''] = address.split(/[@+]/);
  const words = mailbox.split(/[._-]+/).filter((word) => /\p{Letter}/u.test(word));
  if (words.length === 0) return address;
  return words.map((word) => `${word.charAt(0).toLocaleUpperCase('en')}${word.slice(1)}`).join(' ');
}
