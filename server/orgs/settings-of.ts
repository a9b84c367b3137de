// An org's settings as they are stored and as they count: what was never decided is as it comes. No rule about any of them.
import { defaultOrgSettings, type OrgSettings } from '../../shared/org-settings.ts';
import type { OrgRow } from './org-store.ts';

/** The settings in force. */
export function settingsOf(org: Pick<OrgRow, 'settings'>): OrgSettings {
  return { ...defaultOrgSettings, ...(JSON.parse(org.settings) as Partial<OrgSettings>) };
}
