// The frame of one section of the settings: what it is about, its fields, what the change does, one save. Knows the draft
// and a conflict, no field.
import { Button } from '@mantine/core';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { useRights } from '../parts/rights.ts';
import { SettingConflict } from './setting-conflict.tsx';
import type { SettingDraft } from './setting-draft.ts';
import classes from './setting-section.module.css';

/** A section without a save. */
export function SettingFrame({
  id,
  title,
  lead,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className={classes.section} id={id} aria-labelledby={`${id}-title`}>
      <div className={classes.about}>
        <h2 id={`${id}-title`} className={classes.title} tabIndex={-1}>
          {title}
        </h2>
        <p className={classes.lead}>{lead}</p>
      </div>
      <div className={classes.fields}>{children}</div>
    </section>
  );
}

export function SettingSection({
  id,
  title,
  lead,
  draft,
  effect,
  children,
}: {
  readonly id: string;
  readonly title: string;
  readonly lead: ReactNode;
  readonly draft: SettingDraft;
  /** What saving does, in a sentence or two. */
  readonly effect?: ReactNode;
  readonly children: ReactNode;
}) {
  const may = useRights();
  const readOnly = !may('change the org’s settings');
  const lastRound = useRef(draft.round);
  useEffect(() => {
    if (lastRound.current === draft.round) return;
    lastRound.current = draft.round;
    // The button that was pressed is gone; the focus stays in the section.
    document.getElementById(`${id}-title`)?.focus();
  }, [draft.round, id]);
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else draft.save();
  };
  return (
    <SettingFrame id={id} title={title} lead={lead}>
      <form onSubmit={save} noValidate className={classes.form}>
        <fieldset key={draft.round} className={classes.inputs} disabled={readOnly} aria-label={title}>
          {children}
        </fieldset>
        {draft.failure !== null && (
          <p className={classes.failure} role="alert">
            {draft.failure} What you typed is still here.
          </p>
        )}
        {draft.conflicts.length > 0 ? (
          <SettingConflict draft={draft} />
        ) : (
          draft.isChanged && (
            <div className={classes.change}>
              {effect !== undefined && <p aria-live="polite">{effect}</p>}
              <div className={classes.actions}>
                <Button type="submit" loading={draft.isSaving}>
                  Save {title.toLowerCase()}
                </Button>
                <Button variant="default" onClick={draft.discard}>
                  Discard
                </Button>
              </div>
            </div>
          )
        )}
      </form>
    </SettingFrame>
  );
}
