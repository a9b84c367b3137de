// What a group is called, wherever it stands among thousands.
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';

/** The name of a group, once it is known. */
export function useGroupName(groupId: string | undefined): string | undefined {
  const trpc = useTRPC();
  const query = trpc.groups.list.queryOptions(
    { id: groupId ?? '', limit: 1 },
    { enabled: groupId !== undefined },
  );
  return useQuery(query).data?.[0]?.name;
}
