// The section of the settings about mass removals.

import { useQuery } from '@tanstack/react-query';
import { defaultOrgSettings, type OrgSettings } from '../../shared/org-settings.ts';
import { useTRPC } from '../lib/api.ts';
import { Toggle } from '../parts/toggle.tsx';
import { useSettingDraft } from './setting-draft.ts';
import { holdEffect } from './setting-effects.ts';
import { SettingNumber } from './setting-number.tsx';
import classes from './setting-section.module.css';
import { SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';

export function SettingSafeguards({ id, state }: { readonly id: string; readonly state: OrgState }) {
  const trpc = useTRPC();
  const draft = useSettingDraft(state);
  const { data: counts } = useQuery(trpc.members.counts.queryOptions());
  const { removalThreshold } = draft.values;
  const set = (threshold: OrgSettings['removalThreshold']) => draft.set({ removalThreshold: threshold });
  return (
    <SettingSection
      id={id}
      title="Safeguards"
      lead="A mistake in an identity provider can remove a whole company. Access ends at once all the same; what cannot be undone waits for one of you."
      draft={draft}
      effect={holdEffect(removalThreshold, counts ? counts.total - counts.byStatus.deactivated : 0)}
    >
      <Toggle
        label="Hold mass removals"
        checked={removalThreshold !== null}
        onChange={(isOn) =>
          set(isOn ? (state.settings.removalThreshold ?? defaultOrgSettings.removalThreshold) : null)
        }
      />
      {removalThreshold !== null && (
        <div className={classes.pair}>
          <SettingNumber
            label="More people than"
            value={removalThreshold.people}
            min={0}
            max={1_000_000}
            onChange={(people) => set({ ...removalThreshold, people })}
          />
          <SettingNumber
            label="And more than"
            unit="% of all people"
            value={removalThreshold.percent}
            min={0}
            max={100}
            onChange={(percent) => set({ ...removalThreshold, percent })}
          />
        </div>
      )}
    </SettingSection>
  );
}
