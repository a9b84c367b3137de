// A button in a provider's console that asks the server something and shows how it went. Knows troubles, no provider.
import { Trouble } from './wire.ts';

/** Whether it ended well, and what the console shows. */
export interface ButtonAnswer {
  readonly ok: boolean;
  readonly message: string;
}

/** Does the work behind a button; `success` is shown unless a trouble is. */
export async function press(success: string, work: () => Promise<void>): Promise<ButtonAnswer> {
  try {
    await work();
    return { ok: true, message: success };
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    return { ok: false, message: error.message };
  }
}
