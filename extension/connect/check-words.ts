// What a checked address means, in a sentence. Words only.
import type { ServerCheck } from './probe-server.ts';

/** `ok` goes on, `help` is no fault of anybody's yet, `problem` stands at the field. */
export interface CheckWords {
  readonly tone: 'ok' | 'help' | 'problem';
  readonly sentence: string;
}

const hint = 'Such as rollcall.larkspur.example. Whoever set up Rollcall for you knows it.';

/** `isTyping` is forgiving: half an address is no mistake. */
export function checkWords(check: ServerCheck, isTyping: boolean): CheckWords {
  const host = 'server' in check ? new URL(check.server).host : '';
  const problem = (sentence: string): CheckWords => ({ tone: 'problem', sentence });
  switch (check.kind) {
    case 'empty':
      return isTyping
        ? { tone: 'help', sentence: hint }
        : problem('Type the address of your Rollcall server first.');
    case 'no_address':
      return isTyping
        ? { tone: 'help', sentence: hint }
        : problem('This is no address yet. It looks like rollcall.larkspur.example.');
    case 'insecure':
      return problem('Use https. Without it, others on the way could read your session.');
    case 'ready':
      return { tone: 'ok', sentence: 'Rollcall answers here.' };
    case 'not_set_up':
      return problem(`${host} has no organisation yet. Set it up on its own page first.`);
    case 'server_newer':
      return problem(`${host} is newer than this extension. Update the extension, then connect.`);
    case 'extension_newer':
      return problem(`${host} is older than this extension. Ask its operator to update it.`);
    case 'offline':
      return problem('You are offline. The address is kept; go on when you are connected again.');
    case 'unreachable':
      return problem(`Nothing answers at ${host}. Check the spelling, and your network or VPN.`);
    case 'unreadable':
      return problem(`${host} answers, but not as Rollcall does. Check the address.`);
    case 'other':
      return problem(`${host} answers, but it is no Rollcall server. Check the address.`);
    case 'busy':
      return problem(`${host} is busy at the moment. Try again in a minute.`);
  }
}
