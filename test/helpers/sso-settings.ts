// Settings of single sign-on as rows, behind the commands' back. Knows no identity provider.
import { sealSso } from '../../server/auth/sso-secret.ts';
import type { SsoRow } from '../../server/auth/sso-store.ts';

/** What an org has set up, unproven; `other` replaces what a test is about. */
export function ssoRow(secret: Buffer, orgId: string, issuer: string, other: Partial<SsoRow> = {}): SsoRow {
  return {
    org_id: orgId,
    issuer,
    client_id: 'rollcall',
    client_secret_sealed: sealSso(secret, 'client secret', 'quiet-otter-9'),
    kind: 'okta',
    joining: 'invited_only',
    required: 0,
    version: 1,
    client_version: 1,
    changed_at: 1,
    proven_at: null,
    ...other,
  };
}
