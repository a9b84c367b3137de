// What a benchmark finds out, how it is judged, and how it is printed. Knows no server.

/** A measured number with its unit: requests a second, ms, µs, MB. */
export interface Quantity {
  readonly value: number;
  readonly unit: string;
}

/** One result, beside what it is compared with in the same run. */
export interface Figure extends Quantity {
  readonly name: string;
  readonly beside?: Quantity & { readonly name: string };
  /** What it ought to be: a bound on the figure itself, or on its ratio to what stands beside it. */
  readonly target?: { readonly of: 'ratio' | 'value' } & (
    | { readonly atLeast: number }
    | { readonly atMost: number }
  );
}

/** The middle of some numbers; NaN of none. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The value that `percent` of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** Prints a benchmark's figures as a table; says how many missed their target. */
export function printFigures(title: string, figures: readonly Figure[]): number {
  const rows = figures.map((figure) => [
    figure.name,
    show(figure),
    figure.beside ? `${figure.beside.name}: ${show(figure.beside)}` : '',
    figure.beside ? round(ratioOf(figure)) : '',
    ...verdictOf(figure),
  ]);
  const table = [['', 'measured', 'beside it', 'ratio', 'target', ''], ...rows];
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  console.log(`\n${title}`);
  for (const row of table)
    console.log(`  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
  return figures.filter((figure) => !meets(figure)).length;
}

function ratioOf({ value, beside }: Figure): number {
  return beside ? value / beside.value : Number.NaN;
}

function meets(figure: Figure): boolean {
  const { target, value } = figure;
  if (!target) return true;
  const judged = target.of === 'ratio' ? ratioOf(figure) : value;
  return 'atLeast' in target ? judged >= target.atLeast : judged <= target.atMost;
}

function verdictOf(figure: Figure): [target: string, verdict: string] {
  const { target, unit } = figure;
  if (!target) return ['', ''];
  const bound = 'atLeast' in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
  return [target.of === 'ratio' ? `${bound} ×` : `${bound} ${unit}`, meets(figure) ? 'pass' : 'MISS'];
}

function show({ value, unit }: Quantity): string {
  return `${round(value)} ${unit}`;
}

/** Three digits are all that such a measurement has. */
function round(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
