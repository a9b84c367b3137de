// Turns whatever ended a command into one sentence, a code for scripts and an exit code. Shows nothing itself.
import { CommanderError } from 'commander';
import type { ErrorCode } from '../../shared/errors.ts';
import { type Config, ConfigError } from '../config.ts';
import { AppError } from '../core/app-error.ts';
import { CliError } from './cli-error.ts';
import { explainDatabaseFailure } from './database-failure.ts';
import { type CliErrorCode, type ExitCode, exitCodeOf } from './exit-code.ts';
import { maskSecrets } from './mask-secrets.ts';

/** A failure as it is shown. */
export interface Failure {
  readonly code: ErrorCode | CliErrorCode;
  readonly message: string;
  readonly exitCode: ExitCode;
}

type Reason = Omit<Failure, 'exitCode'>;

/** Whether the command ended because it showed its help, as it was asked to. */
export function isHelp(error: unknown): boolean {
  return error instanceof CommanderError && error.exitCode === 0;
}

/** Explains an error without showing a secret; `config` is undefined when the command came to no configuration. */
export function explainFailure(error: unknown, config: Config | undefined): Failure {
  const { code, message } = reasonOf(error, config);
  return { code, message: maskSecrets(message, config), exitCode: exitCodeOf(code) };
}

function reasonOf(error: unknown, config: Config | undefined): Reason {
  if (error instanceof CliError || error instanceof AppError) {
    return { code: error.code, message: error.message };
  }
  if (error instanceof ConfigError)
    return { code: 'configuration.invalid', message: error.message.trimEnd() };
  if (error instanceof CommanderError) return { code: 'usage.invalid', message: usageMessage(error) };
  if (config === undefined) return unexpected(error, config);
  return folderFailure(error, config) ?? databaseFailure(error, config) ?? unexpected(error, config);
}

function usageMessage({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'No command was given. "rollcall --help" lists them.';
  const sentence = message.replace(/^error: /, '');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}\nAdd --help to the command to see how it is used.`;
}

function databaseFailure(error: unknown, config: Config): Reason | undefined {
  const failure = explainDatabaseFailure(error, config);
  return failure && { code: failure.code, message: `${failure.message} ${failure.mend}` };
}

function folderFailure(error: unknown, { dataDir }: Config): Reason | undefined {
  const isOfFile = error instanceof Error && 'path' in error && 'syscall' in error && 'code' in error;
  if (!isOfFile || !String(error.path).startsWith(dataDir)) return undefined;
  const message =
    `The data folder ${dataDir} cannot be used (${error.code} on ${error.syscall}). ` +
    'Give the user who runs Rollcall the ownership of it, or name another folder in ROLLCALL_DATA_DIR.';
  return { code: 'data_folder.unusable', message };
}

function unexpected(error: unknown, config: Config | undefined): Reason {
  const detailed = config?.logLevel === 'debug' || config?.logLevel === 'trace';
  const what = error instanceof Error ? error.message : String(error);
  const place = error instanceof Error ? error.stack : undefined;
  const message = `Rollcall came upon something it did not expect: ${what}`;
  return {
    code: 'unexpected',
    message: detailed ? `${message}\n${place}` : `${message}\nSet LOG_LEVEL=debug to see where it happened.`,
  };
}
