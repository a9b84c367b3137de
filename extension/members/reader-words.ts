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
export function readerStart(reader: Reader | undefined, groups: readonly ChosenGroup[] | undefined) {
  return {
    name: reader?.name ?? '',
    userAttributes: new Set<string>(reader?.userAttributes ?? usual.user) as ReadonlySet<string>,
    groupAttributes: new Set<string>(reader?.groupAttributes ?? usual.group) as ReadonlySet<string>,
    groups:
      reader === undefined || reader.groupIds === null
        ? null
        : (groups ?? reader.groupIds.map((groupId) => ({ groupId, groupName: groupId }))),
    lifetime: '365',
  };
}

/** "Sees 3 attributes of people and 2 of groups, of everybody." */
export function sightWords({ userAttributes, groupAttributes, groupIds }: Reader): string {
  const counted = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'attribute' : 'attributes'}`;
  const whom =
    groupIds === null
      ? 'of everybody and every group'
      : groupIds.length === 1
        ? 'of the people of 1 group'
        : `of the people of ${groupIds.length.toLocaleString()} groups`;
  return `Sees ${counted(userAttributes.length)} of people and ${groupAttributes.length.toLocaleString()} of groups, ${whom}. It changes nothing.`;
}
