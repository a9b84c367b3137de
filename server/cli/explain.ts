// `rollcall explain`: why somebody has access or has none, by whatever the operator knows of them. Changes nothing.
import type { Command } from 'commander';
import type { Explanation, StoryLine, StoryRemedy } from '../../shared/explanation.ts';
import type { Database } from '../db/database.ts';
import { explainPerson } from '../diagnosis/explain-person.ts';
import { listOrgs, type OrgRow } from '../orgs/org-store.ts';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { orgNamed } from './named-rows.ts';
import { withDirectory } from './open-directory.ts';
import { isoOrNull, momentOf } from './wording.ts';

export function addExplain(program: Command, context: CommandContext): void {
  program
    .command('explain')
    .description('say why somebody has access or has none, and what to do')
    .argument('<person>', 'e-mail address, user name, externalId or id')
    .option('--org <slug>', 'only in this organisation')
    .action((person: string, { org }: { org?: string }) => explain(context, person.trim(), org));
}

interface Told {
  readonly org: OrgRow;
  readonly story: Explanation;
}

async function explain(context: CommandContext, person: string, slug: string | undefined): Promise<void> {
  await withDirectory(context.config(), async (db, database) => {
    const orgs = slug === undefined ? await listOrgs(db) : [await orgNamed(db, slug)];
    const told = await storiesOf(database, context.now, orgs, person);
    context.report(
      { explanations: told.map(storyDocument) },
      told.map((each) => storyWords(each, orgs.length > 1)).join('\n\n'),
    );
    if (told.every(({ story }) => story.status === 'unknown'))
      throw new CliError('person.unknown', `Nobody here is known as "${person}".`);
  });
}

/** Where there are many organisations, those that do not know the person are heard only if none does. */
async function storiesOf(
  database: Database,
  now: () => number,
  orgs: readonly OrgRow[],
  person: string,
): Promise<readonly Told[]> {
  const told: Told[] = [];
  for (const org of orgs)
    for (const story of await explainPerson({ database, now }, org.id, person)) told.push({ org, story });
  const known = told.filter(({ story }) => story.status !== 'unknown');
  return known.length > 0 ? known : told;
}

/** The story as `--json` gives it; times are ISO 8601. */
function storyDocument({ org, story }: Told): object {
  const lines = story.lines.map((line) => ({ ...line, at: isoOrNull(line.at) }));
  return { org: org.slug, ...story, lines };
}

/** The story as a person reads it. */
function storyWords({ org, story }: Told, namesOrg: boolean): string {
  const { heading, name, email, lines, remedies } = story;
  const who = [name, email].filter((word) => word !== null && !heading.includes(word));
  return [
    `${heading}${who.length === 0 ? '' : ` (${who.join(', ')})`}${namesOrg ? ` in ${org.name}` : ''}`,
    ...lines.flatMap(lineWords),
    ...(remedies.length === 0 ? [] : ['What to do']),
    ...remedies.flatMap(remedyWords),
  ].join('\n');
}

function lineWords({ sentence, at, isWrong, source }: StoryLine): readonly string[] {
  const behind = [
    ...(at === null ? [] : [momentOf(at)]),
    ...(source?.kind === 'record' ? [`${source.request}, record ${source.seq}`] : []),
  ];
  return [
    `  ${isWrong ? '!' : '-'} ${sentence}`,
    ...(behind.length === 0 ? [] : [`    ${behind.join('; ')}`]),
  ];
}

function remedyWords({ sentence, console }: StoryRemedy): readonly string[] {
  return [
    `  - ${sentence}`,
    ...(console === null ? [] : [`    In ${console.console}: ${console.labels.join(' → ')}`]),
    ...(console?.href == null ? [] : [`    ${console.href}`]),
  ];
}
