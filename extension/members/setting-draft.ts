// What somebody has typed in one section of the settings, and saving it: only what is changed, and only over what they
// have seen. Knows the draft and the version, no field.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrgChange } from '../../shared/org-settings.ts';
import { failureOf, useTRPC } from '../lib/api.ts';
import { tell } from '../parts/tell.tsx';
import {
  changedIn,
  conflictsOf,
  type OrgState,
  type OrgValues,
  type SettingKey,
  valuesOf,
} from './setting-values.ts';

export interface SettingDraft {
  /** Another number after each save and each discard: what fields hold besides the values ends with it. */
  readonly round: number;
  /** As they stand in the fields. */
  readonly values: OrgValues;
  readonly isChanged: boolean;
  readonly isSaving: boolean;
  /** Why the last try to save failed; null while there is nothing to say. */
  readonly failure: string | null;
  /** What somebody else changed meanwhile, of what is changed here: what it was, and what it is now. */
  readonly conflicts: readonly {
    readonly key: SettingKey;
    readonly theirs: unknown;
    readonly mine: unknown;
  }[];
  set(change: Partial<OrgValues>): void;
  save(): void;
  /** Drops what was typed: of the settings that are named, or of all. */
  discard(): void;
}

export function useSettingDraft(state: OrgState): SettingDraft {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Partial<OrgValues>>({});
  const [begun, setBegun] = useState<OrgState>();
  const [round, setRound] = useState(0);
  const query = trpc.org.get.queryOptions();
  const drop = () => {
    setDraft({});
    setBegun(undefined);
    setRound((before) => before + 1);
  };
  const change = useMutation(trpc.org.change.mutationOptions());
  const save = useMutation({
    mutationFn: async (wanted: { readonly change: Partial<OrgValues>; readonly over: OrgState }) => {
      const send = (version: number) => change.mutateAsync({ ...(wanted.change as OrgChange), version });
      try {
        return await send(wanted.over.version);
      } catch (error) {
        if (failureOf(error).reason !== 'resource.changed') throw error;
        const now = await queries.fetchQuery({ ...query, staleTime: 0 });
        // Something else was changed: that is no reason to ask anybody.
        if (conflictsOf(wanted.change, wanted.over, now).length > 0) throw error;
        return send(now.version);
      }
    },
    onSuccess: (after) => {
      queries.setQueryData(query.queryKey, after);
      drop();
      tell('Saved.');
    },
  });
  const changed = changedIn(draft, state);
  const clashes = begun === undefined ? [] : conflictsOf(draft, begun, state);
  const values = { ...valuesOf(state), ...draft };
  const isConflict = save.error !== null && failureOf(save.error).reason === 'resource.changed';
  return {
    round,
    values,
    isChanged: Object.keys(changed).length > 0,
    isSaving: save.isPending,
    failure: save.error === null || isConflict ? null : failureOf(save.error).message,
    conflicts: clashes.map((key) => ({ key, theirs: valuesOf(state)[key], mine: values[key] })),
    set(more) {
      setBegun((first) => first ?? state);
      setDraft((before) => ({ ...before, ...more }));
    },
    // Whoever saves in sight of a conflict has seen what there is now.
    save: () => save.mutate({ change: changed, over: clashes.length > 0 ? state : (begun ?? state) }),
    discard() {
      save.reset();
      drop();
    },
  };
}
