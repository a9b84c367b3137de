// The number on the toolbar button, its colour and its tooltip. Pure; knows no browser and no server.
import type { Attention } from '../../shared/sync-status.ts';
import type { AttentionAnswer } from './fetch-attention.ts';

/** How urgent the number is: people on their way, something amiss, something that spoils data, or not known. */
export type BadgeTone = 'accent' | 'attention' | 'bad' | 'quiet';

export interface Badge {
  /** At most four characters; null leaves the number that stands there. */
  readonly text: string | null;
  readonly tone: BadgeTone;
  readonly title: string;
}

/** `orgName` is null when nobody is signed in. */
export function badgeOf(orgName: string | null, answer: AttentionAnswer | null): Badge {
  if (orgName === null || answer === null)
    return { text: '', tone: 'quiet', title: 'Rollcall: connect to your server' };
  if (answer.kind === 'signed_out')
    return { text: '!', tone: 'quiet', title: `${orgName}: your session has ended. Open to sign in again.` };
  if (answer.kind === 'unreachable')
    return {
      text: null,
      tone: 'quiet',
      title: `${orgName}: not connected. The number is the last one known.`,
    };
  if (answer.kind !== 'known') return { text: '', tone: 'quiet', title: orgName };
  const { pending, findings, holds } = answer.attention;
  const total = pending + findings + holds;
  return {
    text: total === 0 ? '' : total > 999 ? '999+' : String(total),
    tone: toneOf(answer.attention),
    title: `${orgName}: ${partsOf(answer.attention).join(', ') || 'nothing needs you'}`,
  };
}

function toneOf({ findings, holds, serious }: Attention): BadgeTone {
  if (serious.length > 0 || holds > 0) return 'bad';
  return findings > 0 ? 'attention' : 'accent';
}

function partsOf({ pending, findings, holds }: Attention): readonly string[] {
  return [
    ...(holds > 0
      ? [holds === 1 ? '1 removal waits for you' : `${counted(holds)} removals wait for you`]
      : []),
    ...(findings > 0 ? [findings === 1 ? '1 finding' : `${counted(findings)} findings`] : []),
    ...(pending > 0
      ? [pending === 1 ? '1 person has not joined yet' : `${counted(pending)} people have not joined yet`]
      : []),
  ];
}

function counted(count: number): string {
  return count.toLocaleString();
}
