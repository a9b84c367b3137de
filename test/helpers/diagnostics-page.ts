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
  return `${introduction}\n${sections.join('\n')}\n${neverFound}`;
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

Of several findings, the one to mend first comes first: in the order of this page. One fault is told once: what only
follows from another is left out, except that a quarantine is told beside what Entra was refused for.
`;

const neverFound = `## What is handled and never a finding

Much that trips up other servers needs no setting, so nothing is said of it. Rollcall understands operations with capitals,
booleans and numbers as text, dotted keys, single values in a list, members to remove in a list, and filters on entries that
are not there yet; what it had to put up with stands in the record of the request. It takes every Accept and
Content-Type of the standard, leaves passwords unread, answers 204 to DELETE and success to a change that changes nothing,
and applies changes of one group one after the other. Somebody invited by hand who arrives is adopted, somebody who
returns is restored, and whoever is invited counts as active.

These look odd and are normal:

- **Matching by externalId** instead of userName works as well. Rollcall does not guess at the set-up of people whom Entra
  looks up in this way and does not create, because its test of the connection looks the same.
- **Two dialects from one Entra**: Provision on demand leaves the compliance flag aside, so capitals and small letters come
  mixed.
- **An error that Entra still shows** may be over: its page is a cycle behind. Here it goes with the first request that is
  let in.
- **A value that was emptied in Entra stays**, because Entra sends nothing for it. Change it to another value instead.
- **Groups within groups** are not opened by Entra or Okta: assign or push the inner groups themselves.
- **A test person who is created and deleted at once**, as some activations do, takes no seat and leaves no open invitation.
- **One person deleted for good** in Entra may be deleted here without being deactivated before; only from the second on,
  and only if nobody was ever updated, is it a finding.
- **Look-ups that find nobody** are a finding for Entra only until somebody was created: it also looks up people whose
  account is disabled, and rightly creates none of them.

A mass removal is no finding either: it is held for an admin to decide.
`;
