// Somebody's initials on a colour that follows from their id. Decoration: the name stands beside it.
import { avatarColours } from '../lib/theme.ts';
import classes from './member-avatar.module.css';

/** Lets the browser say when it painted the first person; only the benchmark asks. */
const paintIsTimed = { elementtiming: 'person' };

export function MemberAvatar({
  id,
  name,
  size = 26,
}: {
  readonly id: string;
  readonly name: string;
  readonly size?: number;
}) {
  return (
    <span
      className={classes.avatar}
      aria-hidden="true"
      {...paintIsTimed}
      style={{ background: colourOf(id), width: size, height: size, fontSize: Math.round(size * 0.4) }}
    >
      {initialsOf(name)}
    </span>
  );
}

/** The first letters of the first and the last name. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s@.]+/).filter((word) => /\p{L}|\p{N}/u.test(word));
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return [first, last].map((word) => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}

function colourOf(id: string): string {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return avatarColours[sum % avatarColours.length] ?? '';
}
