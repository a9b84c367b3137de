// What each kind of trouble with the server means, and what helps. Words only.
import type { Standing } from '../lib/standing.ts';

export type Trouble = Exclude<Standing, { kind: 'ok' }>;

export interface TroubleWords {
  readonly title: string;
  readonly text: string;
  /** The one button. */
  readonly action: string;
}

/** `host` is the server's name as in its address. */
export function troubleWords(trouble: Trouble, host: string): TroubleWords {
  switch (trouble.kind) {
    case 'signed_out':
      return { title: 'You are signed out', text: trouble.message, action: 'Sign in again' };
    case 'offline':
      return {
        title: 'You are offline',
        text: 'This page goes on by itself as soon as you are connected again.',
        action: 'Try again',
      };
    case 'server_down':
      return {
        title: 'The server does not answer',
        text: `${host} cannot be reached, or is just starting. This page goes on by itself as soon as it answers.`,
        action: 'Try again',
      };
    case 'no_permission':
      return {
        title: 'Rollcall may not reach its server',
        text: `The browser keeps this extension from ${new URL(trouble.origin).host}. Allow that one server, and nothing else.`,
        action: 'Allow access',
      };
    case 'version_mismatch':
      return trouble.newer === 'server'
        ? {
            title: 'This extension is too old',
            text: `${host} has been updated and speaks a newer language. Update the extension to go on; you stay signed in.`,
            action: 'Update the extension',
          }
        : {
            title: 'The server is older than this extension',
            text: `Whoever runs ${host} can update it. You stay signed in, and this page goes on by itself afterwards.`,
            action: 'Try again',
          };
  }
}
