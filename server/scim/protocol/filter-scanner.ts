// Walks a filter's text: blanks, brackets, words, JSON literals, and where a complaint points. Knows no grammar.
import { ProtocolError } from './protocol-error.ts';

/** A comparison value: JSON's scalars. @see RFC 7644 §3.4.2.2 (compValue) */
export type Literal = string | number | boolean | null;

const blank = /[ \t\r\n]/;
const word = /[^\s()[\]"]+/y;
const quoted = /"(?:[^"\\]|\\.)*"/sy;
const number = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** A cursor over a filter's text. It always stands at a token, past the blanks before it. */
export class FilterScanner {
  private at = 0;
  /** The word at the cursor, '' where none is. */
  private next = '';

  constructor(private readonly text: string) {
    this.step(0);
  }

  atEnd(): boolean {
    return this.at === this.text.length;
  }

  /** Steps over a bracket if it comes next. */
  take(bracket: '(' | ')' | '[' | ']'): boolean {
    if (this.text[this.at] !== bracket) return false;
    this.step(1);
    return true;
  }

  /** The word that comes next, without stepping over it; '' where none does. */
  peek(): string {
    return this.next;
  }

  /** Steps over the word that comes next if it is this one, in any letter case. */
  takeWord(expected: string): boolean {
    if (this.next.length !== expected.length || this.next.toLowerCase() !== expected.toLowerCase())
      return false;
    this.step(expected.length);
    return true;
  }

  /** Reads a JSON scalar; `true`, `false` and `null` in any letter case. @throws ProtocolError invalidFilter */
  literal(): Literal {
    if (this.next === '') return this.string();
    const value = number.test(this.next) ? Number(this.next) || 0 : keywords.get(this.next.toLowerCase());
    // A number beyond the range of a double would read as infinite and never print back.
    if (value === undefined || (typeof value === 'number' && !Number.isFinite(value)))
      throw this.expected('a text in double quotes, a number, true, false or null');
    this.step(this.next.length);
    return value;
  }

  private string(): string {
    const raw = this.tokenAt(quoted);
    try {
      const value = JSON.parse(raw);
      this.step(raw.length);
      return value;
    } catch {
      throw this.expected('a value, with text in double quotes as in JSON');
    }
  }

  /** The error that says what should have come next, and what came. */
  expected(what: string): ProtocolError {
    const found = this.atEnd() ? 'the end' : JSON.stringify(this.next.slice(0, 40) || this.text[this.at]);
    return new ProtocolError(
      'invalidFilter',
      `The filter cannot be read at character ${this.at + 1}: expected ${what}, found ${found}. ` +
        'Correct the filter and send it again.',
    );
  }

  private step(length: number): void {
    this.at += length;
    while (blank.test(this.text.charAt(this.at))) this.at += 1;
    this.next = this.tokenAt(word);
  }

  private tokenAt(token: RegExp): string {
    token.lastIndex = this.at;
    return token.exec(this.text)?.[0] ?? '';
  }
}

const keywords = new Map<string, Literal>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
