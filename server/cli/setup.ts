// `rollcall setup`: the first org and its owner.
import type { Command } from 'commander';
import { mailLink } from '../../shared/mail-links.ts';
import { makeOwnerLink } from '../auth/email-sign-in.ts';
import { setUpOrg } from '../members/set-up-org.ts';
import { type CommandContext, operatorRequest } from './command-context.ts';
import { nextSteps } from './next-steps.ts';
import { withDirectory } from './open-directory.ts';
import { emailValue, nameValue } from './option-values.ts';
import { publicUrlOf } from './server-url.ts';

interface SetupOptions {
  readonly org: string;
  readonly owner: string;
}

export function addSetup(program: Command, context: CommandContext): void {
  program
    .command('setup')
    .description('make an organisation and its owner; safe to repeat')
    .requiredOption('--org <name>', 'name of the organisation', nameValue)
    .requiredOption('--owner <email>', 'e-mail address of its owner', emailValue)
    .action(({ org, owner }: SetupOptions) => setUp(context, org, owner));
}

async function setUp(context: CommandContext, name: string, ownerEmail: string): Promise<void> {
  const config = context.config();
  await withDirectory(config, async (db) => {
    const deps = context.changeDeps(db);
    const org = await setUpOrg(deps, { ...operatorRequest(), name, ownerEmail });
    const token = await makeOwnerLink(deps, { orgId: org.id, email: ownerEmail });
    const signInUrl = mailLink(publicUrlOf(config), 'signIn', token);
    const next = await nextSteps(db, context.commandName, config);
    context.report(
      { orgId: org.id, slug: org.slug, ownerEmail, signInUrl },
      [
        `"${org.name}" is set up; commands call it ${org.slug}. Its owner is ${ownerEmail}.`,
        `Sign in as the owner while the server runs, with this link, once and within an hour:\n\n  ${signInUrl}`,
        next,
      ].join('\n\n'),
    );
  });
}
