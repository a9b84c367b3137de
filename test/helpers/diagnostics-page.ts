// docs/diagnostics.md out of the rules themselves. Knows Markdown, no rule.
import { diagnosticRules } from '../../server/diagnosis/diagnostic-rules.ts';
import { setups } from '../../server/diagnosis/setups.ts';
import { type FindingSeverity, findingSeverities } from '../../shared/finding.ts';
import type { ConnectionKind } from '../../shared/provisioning.ts';

const headings: Readonly<Record<FindingSeverity, string>> = {
  blocks: 'What holds the set-up up',
  wrong_data: 'What makes data wrong',
  warning: 'What is worth knowing',
};
const names: Readonly<Record<ConnectionKind, string>> = { okta: 'Okta', entra: 'Entra', other: 'others' };

/** The page as it should be. */
export function diagnosticsPage(): string {
  const sections = findingSeverities.map((severity) => {
    const rows = diagnosticRules
      .filter((rule) => rule.severity === severity)
      .map(({ id, title, kinds, clears }) => {
        const mended = Object.entries(kinds).map(([kind, remedy]) => {
          const { steps } = setups[kind as ConnectionKind];
          const step = steps.find((one) => one.id === remedy?.stepId);
          return `${names[kind as ConnectionKind]}: ${step?.title ?? 'here, in Rollcall'}`;
        });
        return `| \`${id}\` | ${title} | ${mended.join('; ')} | ${clears} |`;
      });
    const head =
      '| finding | what is wrong | where it is mended | what clears it |\n| --- | --- | --- | --- |';
    return `## ${headings[severity]}\n\n${head}\n${rows.join('\n')}\n`;
  });
  return `${introduction}\n${sections.join('\n')}`;
}

const introduction = `# What Rollcall finds

Rollcall reads every request of an identity provider, watches what the requests leave behind in the directory, and knows
what it means when nothing comes. What is wrong becomes a finding: a sentence with the value that was seen, the people whom
it touches, and the way to the setting that mends it. This page is made from the rules; a test keeps it current
(\`npx vitest run test/server/diagnosis/diagnostics-page.test.ts -u\` writes it anew).

A finding opens within a second of its evidence, or at the minute when silence begins to count. It goes by itself when the
evidence turns. One that comes back within ten minutes never went away, and within a day it is the same one. Admins can snooze
a finding for a time, or dismiss it with a reason: then it stays away until somebody else is touched or the evidence is
new. Both stand in the audit log.

Of several findings, the one to mend first comes first: in the order of this page.
`;
