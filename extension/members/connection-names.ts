// What a connection is called, by its id. Asks for the connections; decides nothing.
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';

/** Names a connection: "–" for none, and "Deleted connection" for one that is gone. */
export function useConnectionNames(): (id: string | null) => string {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.connections.list.queryOptions());
  return (id) =>
    id === null
      ? '–'
      : (data?.find((connection) => connection.id === id)?.name ?? (data ? 'Deleted connection' : '…'));
}
