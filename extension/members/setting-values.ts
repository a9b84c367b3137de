// The org's values as a form changes them: what is changed, and what somebody else changed meanwhile. Pure.
import type { OrgSettings } from '../../shared/org-settings.ts';

/** The org as it stands at the server. */
export interface OrgState {
  readonly name: string;
  readonly settings: OrgSettings;
  readonly version: number;
}

/** Everything that can be changed, by name. */
export type OrgValues = OrgSettings & { readonly name: string };
export type SettingKey = keyof OrgValues;

export function valuesOf({ name, settings }: OrgState): OrgValues {
  return { name, ...settings };
}

/** Of a draft, what is not so already. */
export function changedIn(draft: Partial<OrgValues>, state: OrgState): Partial<OrgValues> {
  const values = valuesOf(state);
  return Object.fromEntries(
    Object.entries(draft).filter(([key, value]) => !isSame(value, values[key as SettingKey])),
  );
}

/** Of what a draft changes, what somebody else changed to something else since the draft began. */
export function conflictsOf(
  draft: Partial<OrgValues>,
  begun: OrgState,
  state: OrgState,
): readonly SettingKey[] {
  const [was, is] = [valuesOf(begun), valuesOf(state)];
  return (Object.keys(changedIn(draft, state)) as SettingKey[]).filter((key) => !isSame(was[key], is[key]));
}

/** Whether two values come to the same; those of settings are plain data with keys in one order. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
