// The form inside a dialog: its fields, why it failed, and the way out or on. Knows how it looks and that a field that is
// wrong gets the focus; no field.
import { Button } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { failureOf } from '../lib/api.ts';
import classes from './dialog-form.module.css';

export function DialogForm({
  verb,
  isPending,
  error,
  onSubmit,
  onCancel,
  children,
}: {
  readonly verb: string;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onSubmit: () => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const wrong = event.currentTarget.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (wrong) wrong.focus();
    else if (!isPending) onSubmit();
  };
  return (
    <form className={classes.form} onSubmit={submit} noValidate>
      {children}
      {error != null && (
        <p className={classes.failure} role="alert">
          {failureOf(error).message}
        </p>
      )}
      <div className={classes.end}>
        <Button variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Button type="submit" loading={isPending}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
