// The section of the settings about how long things are kept.
import { Checkbox } from '@mantine/core';
import { useSettingDraft } from './setting-draft.ts';
import { retentionEffect } from './setting-effects.ts';
import { SettingNumber } from './setting-number.tsx';
import classes from './setting-section.module.css';
import { SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';

export function SettingRetention({ id, state }: { readonly id: string; readonly state: OrgState }) {
  const draft = useSettingDraft(state);
  const { retention } = draft.values;
  const set = (change: Partial<typeof retention>) => draft.set({ retention: { ...retention, ...change } });
  return (
    <SettingSection
      id={id}
      title="Retention"
      lead="For how long things are kept. What is older is deleted by itself."
      draft={draft}
      effect={retentionEffect(state.settings.retention, retention)}
    >
      <div className={classes.pair}>
        <SettingNumber
          label="Requests of identity providers"
          unit="days"
          value={retention.provisioningRecordDays}
          min={1}
          max={3650}
          onChange={(provisioningRecordDays) => set({ provisioningRecordDays })}
        />
        <SettingNumber
          label="People who were removed"
          unit="days"
          value={retention.removedPeopleDays}
          min={1}
          max={365}
          onChange={(removedPeopleDays) => set({ removedPeopleDays })}
        />
      </div>
      <Kept label="audit log" value={retention.auditDays} onChange={(auditDays) => set({ auditDays })} />
      <Kept label="history" value={retention.eventDays} onChange={(eventDays) => set({ eventDays })} />
    </SettingSection>
  );
}

/** Kept for ever, or for some days. */
function Kept({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: number | null;
  readonly onChange: (days: number | null) => void;
}) {
  return (
    <>
      <Checkbox
        size="sm"
        label={`Keep the ${label} for ever`}
        checked={value === null}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? null : 365)}
      />
      {value !== null && (
        <SettingNumber
          label={`Keep the ${label}`}
          unit="days"
          value={value}
          min={90}
          max={36_500}
          onChange={onChange}
        />
      )}
    </>
  );
}
