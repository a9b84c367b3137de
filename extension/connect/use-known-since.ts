// Whether there is anything to show while the server is away, and from when. Knows the queries' memory only.
import { useQueryClient } from '@tanstack/react-query';

/** When the latest answer came that is still known, in Unix milliseconds; null when there is none. */
export function useKnownSince(): number | null {
  const times = useQueryClient()
    .getQueryCache()
    .getAll()
    .filter(({ state }) => state.data !== undefined)
    .map(({ state }) => state.dataUpdatedAt);
  return times.length === 0 ? null : Math.max(...times);
}
