// The one exception for a final failure that a person is told about. Knows the catalogue, no transport.
import { type ErrorCode, type ErrorEntry, type ErrorParams, errors } from '../../shared/errors.ts';

/** A failure from the catalogue of `shared/errors.ts`; its message is the sentence for people. */
export class AppError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: Code,
    readonly params: ErrorParams<Code>,
    options?: ErrorOptions,
  ) {
    super((errors[code] as ErrorEntry<ErrorParams<Code>>).message(params), options);
  }

  /** The HTTP status that the catalogue gives this code. */
  get status(): ErrorEntry<never>['status'] {
    return errors[this.code].status;
  }
}
