// Stands in until the view is built.
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';

export function MembersView() {
  const trpc = useTRPC();
  const me = useQuery(trpc.auth.me.queryOptions());
  return <main>{me.data?.org.name}</main>;
}
