// What pages ask of the background: a window that outlives them. Shapes only, and the way to send them.
import { browser } from 'wxt/browser';

/** Signs in at a server; the browser's window for it closes the popup, so that the background has to see it through. */
export interface SignInMessage {
  readonly type: 'sign-in';
  readonly server: string;
}

/** Ends the session at the server and forgets the account. */
export interface SignOutMessage {
  readonly type: 'sign-out';
  readonly key: string;
}

/** Counts anew what needs attention. */
export interface RefreshMessage {
  readonly type: 'refresh';
}

export type Message = SignInMessage | SignOutMessage | RefreshMessage;

/** `problem` is a sentence for people; null when it went well, `cancelled` when the window was closed. */
export interface MessageAnswer {
  readonly problem: string | null;
  readonly cancelled?: boolean;
}

export async function ask(message: Message): Promise<MessageAnswer> {
  return ((await browser.runtime.sendMessage(message)) as MessageAnswer | undefined) ?? { problem: null };
}
