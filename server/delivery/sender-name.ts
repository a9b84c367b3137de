// The name that an org's mails bear. Knows one setting.
import type { OrgSettings } from '../../shared/org-settings.ts';

/** What the org has chosen, or else its own name; `settings` as they are stored. */
export function senderName(org: { readonly name: string; readonly settings: string }): string {
  const { mailSenderName } = JSON.parse(org.settings) as Partial<OrgSettings>;
  return mailSenderName ?? org.name;
}
