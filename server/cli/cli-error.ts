// A failure that only the command line knows, told in a sentence. What exit code it ends with stands in exit-code.ts.
import type { CliErrorCode } from './exit-code.ts';

/** Ends a command; the message is for people and says what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
  constructor(
    readonly code: CliErrorCode,
    message: string,
  ) {
    super(message);
  }
}
