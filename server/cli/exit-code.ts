// What the exit codes mean, and which failure ends with which. Data only; docs/cli.md shows the same table.
import type { ErrorCode } from '../../shared/errors.ts';

/** The exit codes, by what they tell a script. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  configuration: 3,
  notFound: 4,
  refused: 5,
  database: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const { failed, usage, configuration, notFound, refused, database } = exitCodes;

/** The failures of the catalogue, which every face of the server shares. */
const appErrorExits = {
  'org.not_found': notFound,
  'org.slug_taken': refused,
  'connection.not_found': notFound,
  'connection.two_tokens': refused,
  'token.not_found': notFound,
  'member.not_found': notFound,
  'member.user_name_taken': refused,
  'member.email_taken': refused,
  'member.managed_elsewhere': refused,
  'member.last_owner': refused,
  'group.not_found': notFound,
  'group.name_taken': refused,
  'group.unknown_members': refused,
  'resource.changed': refused,
  'database.busy': database,
} as const satisfies Record<ErrorCode, ExitCode>;

/** The failures that only a command line knows. */
const cliErrorExits = {
  'backup.damaged': failed,
  'backup.exists': refused,
  'backup.is_the_database': refused,
  'backup.not_written': failed,
  'backup.postgres': refused,
  'configuration.invalid': configuration,
  'confirmation.declined': refused,
  'confirmation.missing': usage,
  'data_folder.unusable': configuration,
  'database.missing': notFound,
  'database.unreachable': database,
  'doctor.problems': failed,
  'server.address_taken': refused,
  'server.address_unusable': configuration,
  'token.ambiguous': usage,
  'usage.invalid': usage,
  unexpected: failed,
} as const satisfies Record<string, ExitCode>;

export type CliErrorCode = keyof typeof cliErrorExits;

/** The exit code of each failure. */
export const exitCodeOf: Readonly<Record<ErrorCode | CliErrorCode, ExitCode>> = {
  ...appErrorExits,
  ...cliErrorExits,
};
