// What to do when somebody else has changed the same setting meanwhile: shows theirs and mine, and keeps both until one is
// chosen.
import { Button } from '@mantine/core';
import type { SettingDraft } from './setting-draft.ts';
import classes from './setting-section.module.css';
import { settingName, settingWords } from './setting-words.ts';

export function SettingConflict({ draft }: { readonly draft: SettingDraft }) {
  return (
    <div className={classes.conflict} role="alert">
      <p className={classes.strong}>
        Somebody else has changed this meanwhile. What you typed is still here.
      </p>
      <ul>
        {draft.conflicts.map(({ key, theirs, mine }) => (
          <li key={key}>
            {settingName(key)}: theirs is <b className={classes.strong}>{settingWords(key, theirs)}</b>, yours
            is <b className={classes.strong}>{settingWords(key, mine)}</b>.
          </li>
        ))}
      </ul>
      <div className={classes.actions}>
        <Button type="submit" loading={draft.isSaving}>
          Save mine
        </Button>
        <Button variant="default" onClick={draft.discard}>
          Keep theirs
        </Button>
      </div>
    </div>
  );
}
