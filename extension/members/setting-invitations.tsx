// The section of the settings about inviting and reminding people.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { Toggle } from '../parts/toggle.tsx';
import { readDays } from './setting-days.ts';
import { useSettingDraft } from './setting-draft.ts';
import { invitationEffect } from './setting-effects.ts';
import { SettingNumber } from './setting-number.tsx';
import classes from './setting-section.module.css';
import { SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';

export function SettingInvitations({ id, state }: { readonly id: string; readonly state: OrgState }) {
  const trpc = useTRPC();
  const draft = useSettingDraft(state);
  const counts = useQuery(trpc.members.counts.queryOptions());
  const { values, set } = draft;
  const { nudge } = values;
  return (
    <SettingSection
      id={id}
      title="Invitations"
      lead="Who is invited when, for how long, and how often they are reminded."
      draft={draft}
      effect={invitationEffect(state.settings, values, counts.data?.byStatus.not_invited)}
    >
      <Toggle
        label="Invite people as soon as an identity provider adds them"
        checked={values.automaticInvites}
        onChange={(isOn) => set({ automaticInvites: isOn })}
      />
      <Toggle
        label="Let members invite others"
        checked={values.membersMayInvite}
        onChange={(isOn) => set({ membersMayInvite: isOn })}
      />
      <Toggle
        label="Invite only addresses at your verified domains"
        checked={values.verifiedDomainsOnly}
        onChange={(isOn) => set({ verifiedDomainsOnly: isOn })}
      />
      <div className={classes.pair}>
        <SettingNumber
          label="Invitations last"
          unit="days"
          value={values.invitationDays}
          min={1}
          max={90}
          onChange={(invitationDays) => set({ invitationDays })}
        />
        <ReminderDays value={values.reminderDays} onChange={(reminderDays) => set({ reminderDays })} />
      </div>
      <div className={classes.pair}>
        <SettingNumber
          label="Between two nudges"
          unit="hours"
          value={nudge.cooldownHours}
          min={1}
          max={720}
          onChange={(cooldownHours) => set({ nudge: { ...nudge, cooldownHours } })}
        />
        <SettingNumber
          label="Nudges for one person"
          value={nudge.mostPerMember}
          min={1}
          max={20}
          onChange={(mostPerMember) => set({ nudge: { ...nudge, mostPerMember } })}
        />
        <SettingNumber
          label="Nudges in a day"
          value={nudge.mostPerDay}
          min={1}
          max={100_000}
          onChange={(mostPerDay) => set({ nudge: { ...nudge, mostPerDay } })}
        />
      </div>
    </SettingSection>
  );
}

function ReminderDays({
  value,
  onChange,
}: {
  readonly value: readonly number[];
  readonly onChange: (days: number[]) => void;
}) {
  const [typed, setTyped] = useState<string>();
  const shown = typed !== undefined && readDays(typed)?.join() !== value.join() ? typed : undefined;
  return (
    <TextInput
      label="Remind by itself after (days)"
      placeholder="Never"
      value={shown ?? typed ?? value.join(', ')}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const read = readDays(currentTarget.value);
        if (read) onChange(read);
      }}
      onBlur={() => shown === undefined && setTyped(undefined)}
      error={shown !== undefined && 'Give up to five days from 1 to 60, such as 3, 7.'}
    />
  );
}
