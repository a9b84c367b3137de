// What an import comes to, in words: each line, each problem, the totals. Pure.
import { addressFaults } from '../../shared/mail-address.ts';
import { type ImportLine, type ImportPreview, importProblems } from '../../shared/member-import.ts';
import type { Tone } from '../parts/status-mark.tsx';

export type ImportKind = ImportLine['kind'];

/** In the order in which they ask for attention. */
export const importKinds: readonly ImportKind[] = ['problem', 'new', 'update', 'managed', 'unchanged'];

export const importKindWords: Readonly<Record<ImportKind, readonly [tone: Tone, word: string]>> = {
  problem: ['bad', 'Problem'],
  new: ['ok', 'New'],
  update: ['waiting', 'Change'],
  managed: ['quiet', 'Managed elsewhere'],
  unchanged: ['quiet', 'As it is'],
};

const problems: Readonly<Record<string, string>> = { ...addressFaults, ...importProblems };

/** What a line comes to, in a sentence. */
export function lineSentence(line: ImportLine): string {
  switch (line.kind) {
    case 'new':
      return 'Is added to the directory.';
    case 'update':
      return Object.entries(line.changes)
        .map(([column, [before, after]]) => `${column}: ${before === '' ? 'nothing' : before} → ${after}`)
        .join(', ');
    case 'managed':
      return `Is managed by ${line.connection}; change it there.`;
    case 'unchanged':
      return 'Nothing to change.';
    case 'problem':
      return `${line.column}: ${line.value === '' ? 'it' : `“${line.value}”`} ${problems[line.problem] ?? line.problem}.`;
  }
}

/** "2 people are added, 1 is changed; 3 lines have problems and are left out." */
export function totalsSentence({ totals }: Pick<ImportPreview, 'totals'>): string {
  const added = totals.new > 0 && `${people(totals.new)} added`;
  const changed = totals.update > 0 && `${people(totals.update)} changed`;
  const done = [added, changed].filter((part): part is string => part !== false).join(', ');
  const left = totals.problem > 0 ? ` ${lines(totals.problem)} problems and would be left out.` : '';
  return `${done === '' ? 'Nothing would change.' : `${done.charAt(0).toUpperCase()}${done.slice(1)}.`}${left}`;
}

function people(count: number): string {
  return count === 1 ? '1 person would be' : `${count.toLocaleString()} people would be`;
}

function lines(count: number): string {
  return count === 1 ? '1 line has' : `${count.toLocaleString()} lines have`;
}
