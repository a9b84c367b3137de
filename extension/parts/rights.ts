// What the person who is signed in may do here. Knows the rights' names; the server has the last word on each.
import { useQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '../lib/api.ts';

export type Right = Outputs['auth']['me']['rights'][number];

/** Says of a right whether they have it; of all that they have, until the server has said so. */
export function useRights(): (right: Right) => boolean {
  const me = useQuery(useTRPC().auth.me.queryOptions());
  return (right) => me.data?.rights.includes(right) ?? true;
}
