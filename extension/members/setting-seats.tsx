// The section of the settings about how many people there may be.

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { Toggle } from '../parts/toggle.tsx';
import { useSettingDraft } from './setting-draft.ts';
import { seatEffect, seatsTaken } from './setting-effects.ts';
import { SettingNumber } from './setting-number.tsx';
import { SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';

export function SettingSeats({ id, state }: { readonly id: string; readonly state: OrgState }) {
  const trpc = useTRPC();
  const draft = useSettingDraft(state);
  const { data: counts } = useQuery(trpc.members.counts.queryOptions());
  const { seatLimit } = draft.values;
  const taken = counts ? seatsTaken(counts) : 0;
  return (
    <SettingSection
      id={id}
      title="Seats"
      lead="People who are invited or active take a seat. Whoever finds none waits, and is let in when one is free."
      draft={draft}
      {...(counts && { effect: seatEffect(counts, seatLimit) })}
    >
      <Toggle
        label="Limit the number of seats"
        checked={seatLimit !== null}
        onChange={(isOn) =>
          draft.set({
            seatLimit: isOn ? (state.settings.seatLimit ?? Math.max(taken, 1)) : null,
          })
        }
      />
      {seatLimit !== null && (
        <SettingNumber
          label="Seats"
          {...(counts && { description: `${taken.toLocaleString()} are taken.` })}
          value={seatLimit}
          min={1}
          max={10_000_000}
          onChange={(limit) => draft.set({ seatLimit: limit })}
        />
      )}
    </SettingSection>
  );
}
