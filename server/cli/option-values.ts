// What the values of options and arguments must look like. Pure; a refusal says what is expected.
import { InvalidArgumentError } from 'commander';
import { z } from 'zod';

/** The longest life of a token, in days: ten years. */
const longestLife = 3650;

/** A name for people: not blank, one line, at most 100 characters. */
export function nameValue(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 100 || /\p{Cc}/u.test(name)) {
    throw new InvalidArgumentError('It takes a name of 1 to 100 characters on one line.');
  }
  return name;
}

/** An e-mail address, in any script. */
export function emailValue(text: string): string {
  const result = z.email({ pattern: z.regexes.unicodeEmail }).safeParse(text.trim());
  if (!result.success) throw new InvalidArgumentError('It takes an e-mail address such as ada@corp.example.');
  return result.data;
}

/** How long a token lives: in days, or without an end. */
export type TokenDays = number | 'never';

/** Commander takes null for "no value given", so that "never" stays a word until `daysOrNull`. */
export function tokenDaysValue(text: string): TokenDays {
  if (text === 'never') return text;
  return wholeNumber(text, 1, longestLife, `It takes a number of days from 1 to ${longestLife}, or "never".`);
}

/** The same as the commands of the directory take it. */
export function daysOrNull(days: TokenDays): number | null {
  return days === 'never' ? null : days;
}

/** How long the older token stays valid, in days; 0 ends it at once. */
export function overlapDaysValue(text: string): number {
  return wholeNumber(text, 0, longestLife, `It takes a number of days from 0 to ${longestLife}.`);
}

function wholeNumber(text: string, least: number, most: number, expected: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) throw new InvalidArgumentError(expected);
  return value;
}
