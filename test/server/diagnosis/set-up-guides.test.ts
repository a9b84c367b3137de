// The guides beside the steps and the rules that they tell of: every step in its order, in the console's words, with
// findings that are mended there.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { diagnosticRules } from '../../../server/diagnosis/diagnostic-rules.ts';
import { setups } from '../../../server/diagnosis/setups.ts';

const docs = fileURLToPath(new URL('../../../docs/', import.meta.url));

describe.each(['okta', 'entra'] as const)('the guide for %s', (kind) => {
  const { steps } = setups[kind];
  const page = readFileSync(`${docs}${kind}.md`, 'utf8');
  const sections = page.split(/^## /m).map((text) => text.replace(/\s+/g, ' '));
  const sectionOf = (title: string) => sections.find((text) => text.includes(`. ${title} `)) ?? '';

  test('has a section for every step, by its title and in its order', () => {
    const headings = [...page.matchAll(/^## \d+\. (.+)$/gm)].map(([, title]) => title);
    expect(headings).toEqual(steps.map(({ title }) => title));
    expect([...page.matchAll(/^## (\d+)\. /gm)].map(([, n]) => Number(n))).toEqual(
      steps.map((_, index) => index + 1),
    );
  });

  test.each(steps.filter(({ labels }) => labels.length > 0))(
    'leads to “$title” in the words of the console',
    ({ title, labels }) => {
      expect(sectionOf(title)).toContain(`*${labels.join(' → ')}*`);
    },
  );

  test.each(steps)('names findings at “$title” that are mended there', ({ id, title }) => {
    const named = [...sectionOf(title).matchAll(/\(`([a-z_]+\.[a-z_0-9]+)`\)/g)].map(([, rule]) => rule);
    const mendedHere = diagnosticRules
      .filter(({ kinds }) => kind in kinds && [undefined, id].includes(kinds[kind]?.stepId))
      .map((rule) => rule.id);
    expect(mendedHere).toEqual(expect.arrayContaining(named));
  });

  test('shows pictures that are there', () => {
    const pictures = [...page.matchAll(/\]\((screenshots\/[^)]+)\)/g)].map(([, path]) => path ?? '');
    expect(pictures.length).toBeGreaterThan(0);
    expect(pictures.filter((path) => !existsSync(docs + path))).toEqual([]);
  });
});

test('the guide for entra has the whole mapping, and what of it is needed', () => {
  const page = readFileSync(`${docs}entra.md`, 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  expect(rows).toHaveLength(setups.entra.attributes.length);
  for (const { source, attribute, required } of setups.entra.attributes) {
    const row = rows.find((line) => line.startsWith(`| \`${source}\``));
    expect(row).toContain(attribute);
    expect(row?.includes('| needed')).toBe(required);
  }
});
