// A pasted table with a line of headings: CSV with commas, semicolons or tabs. Knows which heading means what.
import { bareAddress } from './mail-address.ts';
import { type Candidate, tidyName } from './pasted-line.ts';

const headings = {
  address:
    /^(?:(?:work |primary |business )?e-?mails?(?:[ _-]?address(?:es)?)?|mail|address|e-?mail-?adresse)$/i,
  name: /^(?:(?:full |display )?name|displayname)$/i,
  given: /^(?:first|given)[ _-]?name$|^vorname$/i,
  family: /^(?:last|family|sur)[ _-]?name$|^nachname$/i,
  role: /^(?:role|rolle)$/i,
} as const;

interface Cell {
  readonly text: string;
  readonly column: number;
}

/** The rows below the headings, or undefined when the first line is none: no heading that means an address. */
export function readAddressTable(lines: readonly string[]): readonly Candidate[] | undefined {
  const first = lines.findIndex((line) => line.trim() !== '');
  const head = lines[first];
  if (head === undefined || head.includes('@')) return undefined;
  const separator = ['\t', ';', ','].find((character) => head.includes(character)) ?? ',';
  const titles = cellsOf(head, separator).map(({ text }) => text.trim());
  const indexOf = (heading: RegExp) => titles.findIndex((title) => heading.test(title));
  const address = indexOf(headings.address);
  if (address === -1) return undefined;
  const [name, given, family, role] = [headings.name, headings.given, headings.family, headings.role].map(
    indexOf,
  );

  return lines.slice(first + 1).flatMap((text, index) => {
    const cells = cellsOf(text, separator);
    if (cells.every((cell) => cell.text.trim() === '')) return [];
    const at = (column: number | undefined) => cells[column ?? -1]?.text.trim() ?? '';
    return {
      address: bareAddress(at(address)),
      name: tidyName(at(name) || `${at(given)} ${at(family)}`),
      role: at(role),
      line: first + index + 2,
      column: cells[address]?.column ?? 1,
    };
  });
}

/** The cells of one line; a quoted one may hold the separator, and a doubled quote for one. @see RFC 4180 §2 */
function cellsOf(line: string, separator: string): readonly Cell[] {
  const cells: Cell[] = [];
  for (let at = 0; at <= line.length; ) {
    const quoted = /^\s*"((?:[^"]|"")*)"\s*/.exec(line.slice(at));
    const afterQuotes = quoted ? line.charAt(at + quoted[0].length) : undefined;
    if (quoted && (afterQuotes === separator || afterQuotes === '')) {
      cells.push({ text: (quoted[1] ?? '').replaceAll('""', '"'), column: at + 1 });
      at += quoted[0].length + 1;
      continue;
    }
    const end = line.indexOf(separator, at) === -1 ? line.length : line.indexOf(separator, at);
    cells.push({ text: line.slice(at, end), column: at + 1 });
    at = end + 1;
  }
  return cells;
}
