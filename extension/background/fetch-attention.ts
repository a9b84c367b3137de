// One question to the server: what needs attention. Knows the one procedure as it stands on the wire, so that the
// background starts without the pages' libraries.
import { apiVersion, apiVersionHeader } from '../../shared/extension.ts';
import type { Attention } from '../../shared/sync-status.ts';
import type { Account } from '../lib/storage.ts';

/** What was found out; `unseen` when the member's role does not see what needs attention. */
export type AttentionAnswer =
  | { readonly kind: 'known'; readonly attention: Attention }
  | { readonly kind: 'signed_out' | 'unseen' | 'unreachable' };

/** Asks the account's server; never throws. */
export async function fetchAttention({ server, token }: Account): Promise<AttentionAnswer> {
  try {
    const response = await fetch(`${server}/trpc/sync.attention`, {
      headers: { authorization: `Bearer ${token}` },
      credentials: 'omit',
      cache: 'no-store',
    });
    if (response.status === 401) return { kind: 'signed_out' };
    if (response.status === 403) return { kind: 'unseen' };
    if (!response.ok || response.headers.get(apiVersionHeader) !== String(apiVersion))
      return { kind: 'unreachable' };
    const { result } = (await response.json()) as { readonly result: { readonly data: Attention } };
    return { kind: 'known', attention: result.data };
  } catch {
    return { kind: 'unreachable' };
  }
}
