// The section of the settings about how many people there may be.

import { useQuery } from '@tanstack/react-query';
import type { MemberCounts } from '../../shared/member-list.ts';
import { useTRPC } from '../lib/api.ts';
import { Toggle } from '../parts/toggle.tsx';
import { useSettingDraft } from './setting-draft.ts';
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

function seatsTaken({ byStatus }: MemberCounts): number {
  return byStatus.active + byStatus.invited;
}

/** What a number of seats comes to for those who are there. */
export function seatEffect(counts: MemberCounts, limit: number | null): string {
  const taken = seatsTaken(counts);
  const { waiting } = counts;
  const waiters =
    waiting === 1 ? 'The 1 person who waits' : `The ${waiting.toLocaleString()} people who wait`;
  if (limit === null) return waiting > 0 ? `${waiters} can come in at once.` : 'Everybody finds a seat.';
  if (limit < taken)
    return `${(taken - limit).toLocaleString()} more seats are taken than that. Nobody loses theirs; nobody new comes in until enough are free.`;
  const free = limit - taken;
  if (waiting === 0) return `${free.toLocaleString()} seats are free.`;
  return free >= waiting
    ? `${waiters} can come in at once; ${(free - waiting).toLocaleString()} seats stay free.`
    : `${free.toLocaleString()} of the ${waiting.toLocaleString()} people who wait can come in at once.`;
}
