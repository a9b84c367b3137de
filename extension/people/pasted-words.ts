// What was recognised in a pasted text and what became of it, in words. Pure; reading the text itself is the shared parser's.
import type { InviteAnswer, InvitedAddress } from '../../shared/invitation.ts';
import { inviteOutcomes } from '../../shared/invitation-terms.ts';
import { addressFaults } from '../../shared/mail-address.ts';
import type { MalformedEntry, ParsedAddresses } from '../../shared/parse-addresses.ts';

const otherFaults = {
  unknown_role: 'is no role; there are owner, admin and member',
  no_address: 'has no e-mail address beside it',
} as const;

/** "Line 2, column 5: “noor@” has nothing after the “@”." */
export function malformedSentence({ line, column, text, fault }: MalformedEntry): string {
  const faults: Readonly<Record<MalformedEntry['fault'], string>> = { ...addressFaults, ...otherFaults };
  const what = text === '' ? 'A row' : `“${text}”`;
  return `Line ${line.toLocaleString()}, column ${column.toLocaleString()}: ${what} ${faults[fault]}.`;
}

/** "4 addresses · 1 repeated · 2 to correct"; '' for an empty text. */
export function recognisedSentence({ entries, malformed, repeated }: ParsedAddresses): string {
  if (entries.length + malformed.length === 0) return '';
  const parts = [
    entries.length === 1 ? '1 address' : `${entries.length.toLocaleString()} addresses`,
    ...(repeated > 0 ? [`${repeated.toLocaleString()} repeated`] : []),
    ...(malformed.length > 0 ? [`${malformed.length.toLocaleString()} to correct`] : []),
  ];
  return parts.join(' · ');
}

/** Where a piece begins in the text, as a selection counts: from 0, over all lines. */
export function offsetOf(text: string, { line, column }: { line: number; column: number }): number {
  const ends = [...text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)].map((end) => end.index + end[0].length);
  return (ends[line - 2] ?? 0) + column - 1;
}

/** What became of one piece of the text. */
export function invitedSentence(each: InvitedAddress): string {
  if (each.outcome === 'malformed') return malformedSentence(each);
  return `${each.address} ${inviteOutcomes[each.outcome]}.`;
}

/** Those that came to nothing and that another text could mend, one a line. */
export function textToCorrect({ people }: InviteAnswer): string {
  return people
    .flatMap((each) => {
      if (each.outcome === 'malformed') return [each.text];
      return ['outside_domains', 'not_allowed'].includes(each.outcome) ? [each.address] : [];
    })
    .join('\n');
}
