// What the demo says in the terminal once it is ready: where everything is, and how to look at it. Pure.
import { owner } from './rollcall-admin.ts';

interface Places {
  readonly server: string;
  readonly admin: string;
  readonly extension: string;
  readonly folder: string;
}

export function whereThingsAre({ server, admin }: Places): string {
  return `
  Identity providers  ${admin}   play their admin here
  Server              ${server}
  Mails               ${server}/outbox
`;
}

export function whatIsOpen(): string {
  return `
Chromium is open and signed in as ${owner.name}, the owner: the identity providers in one tab, the members in the other,
the popup and the side panel behind the button of the extension. Do something wrong on the one, and watch the other.
`;
}

/** For whoever opens it by hand. */
export function howToOpen({ server, extension }: Places, reason: string): string {
  return `
${reason} To look at it in a Chrome, Edge or Chromium of yours:

  1. Open chrome://extensions, switch Developer mode on, press Load unpacked, and choose
     ${extension}
  2. Press the button of Rollcall in the toolbar, type ${server} and connect.
  3. Sign in as ${owner.email}. The mail with the code is at ${server}/outbox.
`;
}

export function howToEnd({ folder }: Places): string {
  return `
Ctrl-C ends everything and removes ${folder}.
`;
}
