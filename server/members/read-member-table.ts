// A CSV file of people, line by line: which separator, which heading means what, and what stands in each cell. Knows no
// member of any directory.
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CsvError, type Info, parse } from 'csv-parse';
import type { CustomAttributes } from '../../shared/custom-attributes.ts';
import { largestImport, mostImported } from '../../shared/member-import.ts';
import { columnOfAttribute } from '../attributes/org-attributes.ts';
import { AppError } from '../core/app-error.ts';

/** Every column that means something, by how its heading may be spelt: letters only, in lower case. */
const headings = {
  email: ['email', 'mail', 'emailaddress', 'emails', 'primaryemail', 'workemail', 'address'],
  name: ['name', 'displayname', 'fullname'],
  givenName: ['givenname', 'firstname', 'forename'],
  familyName: ['familyname', 'lastname', 'surname'],
  title: ['title', 'jobtitle', 'position'],
  department: ['department', 'dept'],
  role: ['role'],
  groups: ['groups', 'group', 'teams', 'team'],
} as const satisfies Record<string, readonly string[]>;

export type TableColumn = keyof typeof headings;

/** One line: what its cells say, those that are empty left out. */
export interface TableLine {
  /** Of the file, where the record begins, from 1. */
  readonly line: number;
  readonly cells: Readonly<Partial<Record<TableColumn, string>>>;
  /** The cells of the org's own attributes, by name, where it has any. */
  readonly custom?: Readonly<Record<string, string>>;
}

export interface MemberTable {
  readonly lines: readonly TableLine[];
  /** Headings that mean nothing here. */
  readonly ignoredColumns: readonly string[];
}

/** In characters: so much is parsed in one go, and so many records, before others have their turn. */
const slice = 65_536;
const recordsAtOnce = 500;

/**
 * Reads a file with headings in its first line, with commas, semicolons or tabs between the cells, quoted or not.
 * `own` are the org's own attributes, whose columns are headed "custom:badge", by the name alone where it means nothing
 * else, or by the name under the schema's URN.
 * @throws AppError `import.too_large`, `import.unreadable`, `import.no_address_column`
 */
export async function readMemberTable(csv: string, own?: CustomAttributes): Promise<MemberTable> {
  if (Buffer.byteLength(csv) > largestImport) throw new AppError('import.too_large', {});
  const records = await readRecords(csv);
  const titles = records[0]?.cells.map((title) => title.trim()) ?? [];
  const columns = titles.map(columnOf);
  const customs = titles.map((title, n) => (columns[n] === undefined ? attributeOf(own, title) : undefined));
  if (!columns.includes('email')) throw new AppError('import.no_address_column', { columns: titles });
  return {
    lines: records.slice(1).map(({ line, cells }) => ({
      line,
      cells: cellsByColumn(columns, cells),
      ...(own && { custom: cellsByColumn(customs, cells) as Readonly<Record<string, string>> }),
    })),
    ignoredColumns: titles.filter(
      (title, n) => title !== '' && columns[n] === undefined && customs[n] === undefined,
    ),
  };
}

interface RecordOfFile {
  readonly line: number;
  readonly cells: readonly string[];
}

async function readRecords(csv: string): Promise<readonly RecordOfFile[]> {
  const options = {
    bom: true,
    delimiter: separatorOf(csv),
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  } as const;
  const parser = Readable.from(slicesOf(csv)).pipe(parse(options));
  const records: RecordOfFile[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (records.length > mostImported) throw new AppError('import.too_large', {});
      const within = record.join('').split('\n').length - 1;
      records.push({ line: info.lines - within, cells: record });
      if (records.length % recordsAtOnce === 0) await nextTurn();
    }
  } catch (error) {
    if (error instanceof CsvError)
      throw new AppError('import.unreadable', { line: Number(error.lines ?? 1) });
    throw error;
  }
  return records;
}

function* slicesOf(csv: string): Generator<Buffer> {
  const bytes = Buffer.from(csv);
  for (let start = 0; start < bytes.length; start += slice) yield bytes.subarray(start, start + slice);
}

/** The one of the three that the headings have most of; what is quoted does not count. */
function separatorOf(csv: string): string {
  const head = (/^[^\r\n]*/.exec(csv.trimStart())?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (separator: string) => head.split(separator).length;
  return [',', ';', '\t'].reduce((most, one) => (count(one) > count(most) ? one : most));
}

function columnOf(title: string): TableColumn | undefined {
  const letters = title.toLowerCase().replace(/[^a-z]/g, '');
  const names = Object.keys(headings) as TableColumn[];
  return names.find((name) => (headings[name] as readonly string[]).includes(letters));
}

function attributeOf(own: CustomAttributes | undefined, title: string): string | undefined {
  const asked = title.toLowerCase();
  return own?.attributes.find(({ name }) =>
    [columnOfAttribute({ name }), name, `${own.urn}:${name}`].some((one) => one.toLowerCase() === asked),
  )?.name;
}

/** Of two columns that mean the same, the first one that says anything counts. */
function cellsByColumn<Column extends string>(
  columns: readonly (Column | undefined)[],
  cells: readonly string[],
) {
  const byColumn: Partial<Record<Column, string>> = {};
  for (const [n, column] of columns.entries()) {
    const text = unescaped(cells[n] ?? '').trim();
    if (column !== undefined && text !== '') byColumn[column] ??= text;
  }
  return byColumn;
}

/** An export keeps spreadsheets from calculating by an apostrophe; what comes back has it no more. */
function unescaped(text: string): string {
  return /^'[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? text.slice(1) : text;
}
