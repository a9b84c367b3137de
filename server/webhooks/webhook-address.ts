// The addresses of endpoints: which can be used at all, and what of one may be told. Knows no queue.
import { AppError } from '../core/app-error.ts';
import { type Outgoing, OutgoingRefusal } from '../core/outgoing.ts';

/** @throws AppError `webhook.unusable_address` for one that nothing would ever be sent to */
export function checkAddress(outgoing: Outgoing, url: string): void {
  try {
    outgoing.check(url);
  } catch (error) {
    if (!(error instanceof OutgoingRefusal)) throw error;
    throw new AppError('webhook.unusable_address', { sentence: error.message }, { cause: error });
  }
}

/** The host alone: what comes after it may be as good as a password. */
export function hostOf(url: string): string {
  return new URL(url).host;
}
