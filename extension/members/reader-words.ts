// Reader clients in words, and what a new one may see unless somebody chooses otherwise. Pure.
import type { Reader } from '../../shared/reader.ts';

export interface ChosenGroup {
  readonly groupId: string;
  readonly groupName: string;
}

/** Enough to know people by; what is personal is chosen by hand. */
const usual = {
  user: ['userName', 'displayName', 'active'],
  group: ['displayName', 'members'],
} as const;

/** The values that the form begins with. */
export function readerStart(reader: Reader | undefined) {
  return {
    name: reader?.name ?? '',
    userAttributes: new Set<string>(reader?.userAttributes ?? usual.user) as ReadonlySet<string>,
    groupAttributes: new Set<string>(reader?.groupAttributes ?? usual.group) as ReadonlySet<string>,
    groups: reader === undefined ? null : chosenGroups(reader),
    lifetime: '365',
  };
}

/** The groups that it is limited to, if it is. */
export function chosenGroups({ groups }: Pick<Reader, 'groups'>): readonly ChosenGroup[] | null {
  return groups?.map(({ id, name }) => ({ groupId: id, groupName: name ?? 'A removed group' })) ?? null;
}

/** "Sees 3 attributes of people and 2 of groups, of everybody." */
export function sightWords({ userAttributes, groupAttributes, groups }: Reader): string {
  const counted = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'attribute' : 'attributes'}`;
  const whom =
    groups === null
      ? 'of everybody and every group'
      : groups.length === 1
        ? 'of the people of 1 group'
        : `of the people of ${groups.length.toLocaleString()} groups`;
  return `Sees ${counted(userAttributes.length)} of people and ${groupAttributes.length.toLocaleString()} of groups, ${whom}. It changes nothing.`;
}
