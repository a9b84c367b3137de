// The section of the settings with the org's name and whom its mails come from.
import { TextInput } from '@mantine/core';
import { useSettingDraft } from './setting-draft.ts';
import { SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';

const unfit = /[\p{Cc}<>"@]/u;

export function SettingOrg({ id, state }: { readonly id: string; readonly state: OrgState }) {
  const draft = useSettingDraft(state);
  const { name, mailSenderName } = draft.values;
  return (
    <SettingSection
      id={id}
      title="Organisation"
      lead="What people read in mails and on pages."
      draft={draft}
      effect={`Mails from now on come from “${mailSenderName ?? name.trim()}”, and pages say “${name.trim()}”. Mails that are written already stay as they are.`}
    >
      <TextInput
        label="Name"
        value={name}
        maxLength={200}
        onChange={({ currentTarget }) => draft.set({ name: currentTarget.value })}
        error={name.trim() === '' && 'An organisation needs a name.'}
      />
      <TextInput
        label="Mails come from"
        description="Leave it empty to use the name above."
        placeholder={name}
        value={mailSenderName ?? ''}
        maxLength={80}
        onChange={({ currentTarget: { value } }) =>
          draft.set({ mailSenderName: value === '' ? null : value })
        }
        error={
          mailSenderName !== null &&
          (unfit.test(mailSenderName) || mailSenderName.trim() === '') &&
          'A sender’s name has no <, >, " or @, and is not blank.'
        }
      />
    </SettingSection>
  );
}
