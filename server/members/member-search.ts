// The words that a person is found by: name, address, department. Pure; which rows hold them, it does not know.
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { enterpriseUserUrn } from '../scim/protocol/enterprise-user-schema.ts';
import { isJsonObject } from '../scim/protocol/json.ts';

/** Longer words and more of them are cut off: nobody types more to find a person. */
const longest = 64;
const most = 24;

/** How a search sees a text: without accents, in lower case. "Lindqvist-Ålund" and "lindqvist-alund" are the same. */
export function foldForSearch(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** The folded words of a text, each as long as they are kept. */
export function wordsOf(text: string): readonly string[] {
  return foldForSearch(text)
    .split(/\s+/)
    .map(cutOff)
    .filter((word) => word !== '');
}

/** The beginning of a word, without half of a character: two different halves are the same to a database. */
function cutOff(word: string): string {
  return word.slice(0, longest).replace(/[\ud800-\udbff]$/, '');
}

/** A person's words: parted by spaces, and as the terms that a search looks up by their beginning. */
export function searchWords(
  attributes: Attributes,
  email: string | null,
): { readonly text: string; readonly terms: readonly string[] } {
  const { displayName, name, userName } = attributes;
  const { formatted, givenName, familyName } = objectOrNone(name);
  const { department } = objectOrNone(attributes[enterpriseUserUrn]);
  const words = [displayName, formatted, givenName, familyName, userName, email, department]
    .filter((text) => typeof text === 'string')
    .flatMap((text) => wordsOf(text));
  const text = [...new Set(words)].join(' ');
  return { text, terms: termsOf(text) };
}

/**
 * The terms of the words that are kept: each word, and the parts of a name before the "@". One that begins another is
 * left out, because whatever begins it begins the other too.
 */
export function termsOf(text: string): readonly string[] {
  const words = text.split(' ').filter((word) => word !== '');
  const parts = words.flatMap((word) => (word.split('@')[0] ?? '').split(/[^\p{Letter}\p{Number}]+/u));
  const all = [...new Set([...words, ...parts.filter((part) => part !== '')])].slice(0, most);
  return all.filter((term) => !all.some((other) => other !== term && other.startsWith(term)));
}

/**
 * The term by which a search finds somebody, by the words that are kept of them: the first in order of those that
 * begin with `leading`, when each of the `others` begins a term too.
 */
export function foundBy(searchText: string, leading: string, others: readonly string[]): string | undefined {
  const terms = termsOf(searchText);
  if (!others.every((word) => terms.some((term) => term.startsWith(word)))) return undefined;
  return terms.filter((term) => term.startsWith(leading)).sort(bytewise)[0];
}

/** Orders terms as both databases do, by their bytes. */
export function bytewise(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function objectOrNone(value: Json | undefined): { readonly [key: string]: Json } {
  return isJsonObject(value) ? value : {};
}
