// `rollcall doctor`: looks at everything that Rollcall stands on and says how to mend what is wrong. Changes nothing.
import type { Command } from 'commander';
import { type Config, ConfigError } from '../config.ts';
import { type Check, type CheckName, checkNames } from './check.ts';
import { checkConfiguration, checkMistake } from './check-configuration.ts';
import { checkDatabase } from './check-database.ts';
import { checkDisk, checkPermissions } from './check-files.ts';
import { checkMail } from './check-mail.ts';
import { checkServer } from './check-server.ts';
import { CliError } from './cli-error.ts';
import type { CommandContext } from './command-context.ts';
import { maskSecrets } from './mask-secrets.ts';
import { countOf } from './wording.ts';

export function addDoctor(program: Command, context: CommandContext): void {
  program
    .command('doctor')
    .description('look for what is wrong and say how to mend it')
    .action(() => examine(context));
}

async function examine(context: CommandContext): Promise<void> {
  const checks = await runChecks(context);
  context.report({ checks }, checks.map(checkWords).join('\n'));
  const problems = checks.filter(({ state }) => state === 'problem').length;
  if (problems > 0) {
    throw new CliError('doctor.problems', `${countOf(problems, 'problem was', 'problems were')} found.`);
  }
}

/** Without a usable configuration there is nothing else to look at. */
async function runChecks(context: CommandContext): Promise<readonly Check[]> {
  let config: Config;
  try {
    config = context.config();
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes.map(checkMistake);
    throw error;
  }
  const { dataDir, smtpUrl } = config;
  const found = await Promise.all([
    checkConfiguration(config),
    checkDatabase(config, context.now),
    checkDisk(dataDir),
    checkPermissions(dataDir),
    checkMail(smtpUrl),
    checkServer(config),
  ]);
  return found.flat().map((check) => ({ ...check, message: maskSecrets(check.message, config) }));
}

const nameWidth = Math.max(...checkNames.map((name: CheckName) => name.length));

function checkWords({ name, state, message, mend }: Check): string {
  const line = `${state.padEnd(7)}  ${name.padEnd(nameWidth)}  ${message}`;
  return mend === undefined ? line : `${line}\n${' '.repeat(nameWidth + 11)}${mend}`;
}
