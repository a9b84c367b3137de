// What the exit codes mean, and which failure ends with which. Data only; docs/cli.md shows the same table.
import { type ErrorCode, type ErrorEntry, errors } from '../../shared/errors.ts';

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

/** How each kind of failure ends that every face of the server shares. */
const exitOfKind: Readonly<Record<ErrorEntry<never>['trpc'], ExitCode>> = {
  BAD_REQUEST: refused,
  UNAUTHORIZED: refused,
  FORBIDDEN: refused,
  NOT_FOUND: notFound,
  CONFLICT: refused,
  PRECONDITION_FAILED: refused,
  PAYLOAD_TOO_LARGE: refused,
  TOO_MANY_REQUESTS: refused,
  INTERNAL_SERVER_ERROR: failed,
  SERVICE_UNAVAILABLE: database,
};

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
  'person.unknown': notFound,
  'server.address_taken': refused,
  'server.address_unusable': configuration,
  'token.ambiguous': usage,
  'usage.invalid': usage,
  unexpected: failed,
} as const satisfies Record<string, ExitCode>;

export type CliErrorCode = keyof typeof cliErrorExits;

/** The exit code of a failure, by its code. */
export function exitCodeOf(code: ErrorCode | CliErrorCode): ExitCode {
  return code in errors ? exitOfKind[errors[code as ErrorCode].trpc] : cliErrorExits[code as CliErrorCode];
}
