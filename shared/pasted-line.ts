// One line of pasted text without headings: which of its pieces are addresses, and which are the names that go with
// them. Knows how mail programs, people and spreadsheets write lists; whether an address is a good one, it does not.
import { bareAddress } from './mail-address.ts';

/** Where something stands in a pasted text, counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something that stands where an address ought to, with what stands beside it; '' where nothing does. */
export interface Candidate extends Place {
  readonly address: string;
  readonly name: string;
  readonly role: string;
}

interface Found {
  readonly address: string;
  readonly name: string;
  readonly column: number;
}

/** What stands between two separators. */
interface Piece {
  readonly text: string;
  readonly column: number;
  /** The separator after it; '' at the end of the line. */
  readonly separator: string;
  readonly found: readonly Found[];
}

// A quoted text, something in angle brackets, a remark in parentheses, a separator, anything else.
const tokens = /"(?:[^"\\]|\\.)*"|<[^<>]*>|\([^()]*\)|[,;\t]|[^",;\t<(]+|["<(]/g;
const lead = /^\s*(?:(?:to|cc|bcc|from|an|von|e-?mail)\s*:|[-–—*•·]\s|\d{1,4}[.)]\s)\s*/iu;
const joiner = /^(?:and|or|und|oder|et|y|&|\+)$/i;

/** The people of one line: whoever has an address, and whatever stands where one ought to. */
export function readAddressLine(line: string, number: number): readonly Candidate[] {
  const pieces = piecesOf(line, lead.exec(line)?.[0].length ?? 0);
  const people = (line.includes('\t') ? readRow(pieces) : undefined) ?? readList(pieces);
  return people.map(({ address, name, column }) => ({
    address,
    name: tidyName(name),
    role: '',
    line: number,
    column,
  }));
}

/** More of a name is cut off. */
const longestName = 200;

/** A person's name without quotes and brackets, the given name first; '' when it is only the address once more. */
export function tidyName(text: string): string {
  const bare = text
    .slice(0, longestName)
    .replaceAll(/\\(.)/g, '$1')
    .replace(/^[\s"'“”„‘’«»(]+|[\s"'“”„‘’«»):–—-]+$/gu, '')
    .replaceAll(/[\s\p{Cc}\p{Cs}]+/gu, ' ');
  if (bare.includes('@')) return '';
  const [, family, given] = /^([^,]+),\s*([^,]+)$/.exec(bare) ?? [];
  return family === undefined ? bare : `${given} ${family}`;
}

/** A row of a spreadsheet: one address, and the cells beside it that look like a name. */
function readRow(pieces: readonly Piece[]): readonly Found[] | undefined {
  const [person, ...others] = pieces.flatMap(({ found }) => found);
  if (person === undefined || others.length > 0) return undefined;
  const [first = '', second = ''] = pieces.filter((piece) => isName(piece)).map(({ text }) => text.trim());
  const isSplit = second !== '' && !/\s/.test(first) && !/\s/.test(second);
  return [{ ...person, name: person.name || (isSplit ? `${first} ${second}` : first) }];
}

function readList(pieces: readonly Piece[]): readonly Found[] {
  return pieces.flatMap((piece, index) => {
    const [before, after] = [pieces[index - 1], pieces[index + 1]];
    const [first, ...others] = piece.found;
    if (first === undefined) {
      const { column } = piece;
      return isNameOf(piece, after) ? [] : [{ address: bareAddress(piece.text), name: '', column }];
    }
    if (before === undefined || !isNameOf(before, piece)) return piece.found;
    return [{ ...first, name: `${first.name} ${before.text.trim()}` }, ...others];
  });
}

/** Whether a piece is the beginning of "Haddad, Noor <noor@corp.example>" or of "Noor Haddad, noor@corp.example". */
function isNameOf(piece: Piece, next: Piece | undefined): boolean {
  const first = next?.found[0];
  if (first === undefined || piece.separator !== ',' || !isName(piece)) return false;
  const isLong = wordCount(piece.text) > 1;
  return first.name === '' ? isLong : !isLong || wordCount(first.name) === 1;
}

function isName({ found, text }: Piece): boolean {
  return found.length === 0 && /\p{L}/u.test(text) && /^[\p{L}\p{M}\s."'’-]+$/u.test(text);
}

const wordCount = (text: string): number => text.trim().split(/\s+/).length;

function piecesOf(line: string, from: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let run: { text: string; at: number }[] = [];
  const end = (separator: string) => {
    const text = run.map((token) => token.text).join('');
    const at = (run[0]?.at ?? 0) + (text.length - text.trimStart().length);
    if (text.trim() !== '') pieces.push({ text, column: at + 1, separator, found: peopleIn(run) });
    run = [];
  };
  for (const { 0: text, index } of line.slice(from).matchAll(tokens)) {
    if (/^[,;\t]$/.test(text)) end(text);
    else run.push({ text, at: from + index });
  }
  end('');
  return pieces;
}

/** The addresses in one piece: those in angle brackets with the name before them, or else every word with an "@". */
function peopleIn(run: readonly { readonly text: string; readonly at: number }[]): readonly Found[] {
  const people: Found[] = [];
  let before = '';
  let since = run[0]?.at ?? 0;
  for (const { text, at } of run) {
    if (!/^<.*@.*>$/s.test(text)) {
      before += text;
      continue;
    }
    const address = bareAddress(text);
    const isOther = before.includes('@') && bareAddress(before) !== address;
    if (isOther) people.push(...wordsWithAddress(before, since));
    people.push({ address, name: isOther ? '' : before, column: at + 1 });
    before = '';
    since = at + text.length;
  }
  return [...people, ...wordsWithAddress(before, since)];
}

function wordsWithAddress(text: string, from: number): readonly Found[] {
  const people: Found[] = [];
  let name = '';
  for (const { 0: word, index } of text.matchAll(/\S+/g)) {
    if (word.includes('@')) {
      people.push({ address: bareAddress(word), name, column: from + index + 1 });
      name = '';
    } else {
      name = joiner.test(word) ? '' : `${name} ${word}`;
    }
  }
  const last = people.pop();
  // "noor@corp.example (Noor Haddad)"
  return last ? [...people, last.name === '' ? { ...last, name } : last] : [];
}
