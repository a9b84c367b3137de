// One e-mail address as people write it: what is around it, and what is wrong with it. Knows no list of them.

/** What keeps a text from being an address, as the end of the sentence "“…” …". */
export const addressFaults = {
  no_at: 'has no "@"',
  two_ats: 'has more than one "@"',
  nothing_before: 'has nothing before the "@"',
  nothing_after: 'has nothing after the "@"',
  space: 'has a space in it',
  character: 'has a character that no address has',
  dot: 'has a dot in the wrong place',
  no_dot: 'has no dot after the "@"',
  too_long: 'is too long for an address',
} as const;
export type AddressFault = keyof typeof addressFaults;

const leading = /^(?:["'“”„‘’«»<([{*•·>]|[-–—]\s|mailto:)+/iu;
const trailing = /["'“”„‘’«»>)\]}.,;:!]+$/u;
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g;

/** Nothing longer is an address, and looking at the end of long texts takes long. */
const longest = 500;

/** The address inside what was pasted: without quotes, brackets, `mailto:` and the full stop of a sentence. */
export function bareAddress(text: string): string {
  const visible = text.slice(0, longest).replace(invisible, '').trim();
  const start = visible.replace(leading, '');
  const isLink = /mailto:$/i.test(visible.slice(0, visible.length - start.length));
  const withoutQuery = isLink ? start.replace(/\?.*/s, '') : start;
  return withoutQuery.replace(trailing, '').trim();
}

/** What is wrong with a bare address; undefined when mail could be sent to it. */
export function addressFault(address: string): AddressFault | undefined {
  const [mailbox = '', domain, more] = address.split('@');
  if (domain === undefined) return 'no_at';
  if (more !== undefined) return 'two_ats';
  if (/\s/u.test(address)) return 'space';
  if (mailbox === '') return 'nothing_before';
  if (domain === '') return 'nothing_after';
  if (mailbox.length > 64 || address.length > 254) return 'too_long';
  if (!/^[\w.!#$%&'*+/=?^`{|}~-]+$/.test(mailbox) || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain))
    return 'character';
  if ([mailbox, domain].some((part) => /^\.|\.\.|\.$/.test(part))) return 'dot';
  if (!domain.includes('.')) return 'no_dot';
  const labels = domain.split('.');
  if (labels.some((label) => label.length > 63)) return 'too_long';
  if (labels.some((label) => /^-|-$/.test(label)) || /^\d+$/.test(labels.at(-1) ?? '')) return 'character';
  return undefined;
}
