// The section of the settings about how long things are kept.
import { Checkbox } from '@mantine/core';
import { useSettingDraft } from './setting-draft.ts';
import { SettingNumber } from './setting-number.tsx';
import classes from './setting-section.module.css';
import { SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';
import { days } from './setting-words.ts';

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

type Retention = OrgState['settings']['retention'];

/** What is deleted under the new days, and what can no longer be brought back. */
export function retentionEffect(before: Retention, after: Retention): string {
  const shorter = (was: number | null, is: number | null) => is !== null && (was === null || is < was);
  const sentences = [
    after.provisioningRecordDays < before.provisioningRecordDays &&
      `Requests older than ${days(after.provisioningRecordDays)} are deleted.`,
    after.removedPeopleDays < before.removedPeopleDays &&
      `People who were removed more than ${days(after.removedPeopleDays)} ago are erased and cannot be put back.`,
    shorter(before.auditDays, after.auditDays) &&
      `Audit entries older than ${days(after.auditDays ?? 0)} are deleted.`,
    shorter(before.eventDays, after.eventDays) &&
      `History older than ${days(after.eventDays ?? 0)} is deleted.`,
  ].filter((sentence): sentence is string => sentence !== false);
  if (sentences.length === 0) return 'More is kept from now on; what is deleted already does not come back.';
  return `${sentences.join(' ')} This cannot be undone.`;
}
