// What a draft of the role mappings would do to people, by name. Asks the server; changes nothing.
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RoleMove } from '../../shared/role-mappings.ts';
import { failureOf, useTRPC } from '../lib/api.ts';
import type { DraftMapping } from './group-order.ts';
import classes from './group-roles.module.css';

export function GroupRolePreview({ mappings }: { readonly mappings: readonly DraftMapping[] }) {
  const trpc = useTRPC();
  const [draft] = useDebouncedValue(mappings, 150);
  const preview = useQuery(
    trpc.groups.previewRoleMappings.queryOptions(
      draft.map(({ groupId, role }) => ({ groupId, role })),
      { placeholderData: keepPreviousData },
    ),
  );
  if (preview.data === undefined)
    return (
      <p className={classes.moves} role="status">
        {preview.error ? failureOf(preview.error).message : 'Looking up what this does…'}
      </p>
    );
  const { moves, anOwnerStays } = preview.data;
  return (
    <ul className={classes.moves} aria-live="polite">
      {moves.length === 0 && <li>Nobody’s role changes; the order counts from now on.</li>}
      {moves.map((move) => (
        <li key={`${move.from} ${move.to}`}>
          <span className={classes.move}>{sentenceOf(move)}</span>
          <br />
          <span className={classes.names}>{namesOf(move)}</span>
        </li>
      ))}
      {anOwnerStays && <li>One owner stays an owner all the same, because nobody else would be one.</li>}
    </ul>
  );
}

const plural = { owner: 'owners', admin: 'admins', member: 'members' } as const;
const single = { owner: 'an owner', admin: 'an admin', member: 'a member' } as const;

/** "23 people would become admins (they are members now)." */
export function sentenceOf({ people, from, to }: RoleMove): string {
  if (people === 1) return `1 person would become ${single[to]}, and is ${single[from]} now.`;
  return `${people.toLocaleString()} people would become ${plural[to]}, and are ${plural[from]} now.`;
}

function namesOf({ first, people }: RoleMove): string {
  const names = first.slice(0, 6).map(({ name }) => name);
  const more = people - names.length;
  return more > 0 ? `${names.join(', ')} and ${more.toLocaleString()} more` : names.join(', ');
}
