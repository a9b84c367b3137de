// The words that a person is found by: name, address, department. Pure; which rows hold them, it does not know.
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { isJsonObject } from '../scim/protocol/json.ts';

/** Longer words and more of them are cut off: nobody types more to find a person. */
const longest = 64;
const most = 24;

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** How a search sees a text: without accents, in lower case. "Lindqvist-Ålund" and "lindqvist-alund" are the same. */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** A person's words: parted by spaces, and as the terms that a search looks up by their beginning. */
export function searchWords(
  attributes: Attributes,
  email: string | null,
): { readonly text: string; readonly terms: readonly string[] } {
  const { displayName, name, userName } = attributes;
  const { formatted, givenName, familyName } = objectOrNone(name);
  const { department } = objectOrNone(attributes[enterprise]);
  const words = [displayName, formatted, givenName, familyName, userName, email, department]
    .filter((text) => typeof text === 'string')
    .flatMap((text) => foldForSearch(text).split(/\s+/))
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longest));
  const text = [...new Set(words)].join(' ');
  return { text, terms: termsOf(text) };
}

/** The terms of the words that are kept: each word, and the parts of a name before the "@". */
export function termsOf(text: string): readonly string[] {
  const words = text.split(' ').filter((word) => word !== '');
  const parts = words.flatMap((word) => (word.split('@')[0] ?? '').split(/[^\p{Letter}\p{Number}]+/u));
  return [...new Set([...words, ...parts.filter((part) => part !== '')])].slice(0, most);
}

function objectOrNone(value: Json | undefined): { readonly [key: string]: Json } {
  return isJsonObject(value) ? value : {};
}
