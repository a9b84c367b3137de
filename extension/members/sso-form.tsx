// The client that the identity provider made for Rollcall: typed, tested, saved. Knows the fields and the two commands.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { SingleSignOn, SsoJoining } from '../../shared/single-sign-on.ts';
import { failureOf, useTRPC } from '../lib/api.ts';
import { tell } from '../parts/tell.tsx';
import classes from './setting-section.module.css';
import { SsoChecks } from './sso-checks.tsx';
import { joiningWords } from './sso-words.ts';

const joinings = Object.entries(joiningWords).map(([value, label]) => ({ value, label }));

export function SsoForm({
  sso: { client, version },
  readOnly,
  onSaved,
}: {
  readonly sso: SingleSignOn;
  readonly readOnly: boolean;
  readonly onSaved: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const issuerField = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState<Partial<{ issuer: string; clientId: string; joining: SsoJoining }>>({});
  const [secret, setSecret] = useState('');
  const [isTouched, setTouched] = useState(false);
  const values = {
    issuer: client?.issuer ?? '',
    clientId: client?.clientId ?? '',
    joining: client?.joining ?? ('invited_only' as const),
    ...typed,
  };
  const isOther = values.issuer.trim() !== client?.issuer || values.clientId.trim() !== client?.clientId;
  const needsSecret = isOther && secret.trim() === '';
  const isChanged = isOther || values.joining !== client?.joining || secret.trim() !== '';
  const test = useMutation(trpc.sso.test.mutationOptions());
  const save = useMutation(
    trpc.sso.save.mutationOptions({
      onSuccess: (after) => {
        queries.setQueryData(trpc.sso.get.queryKey(), after);
        setTyped({});
        setSecret('');
        setTouched(false);
        onSaved();
        tell('Single sign-on is saved. Try it yourself before others need it.');
      },
      onError: () => queries.invalidateQueries({ queryKey: trpc.sso.get.queryKey() }),
    }),
  );
  const change = (more: typeof typed) => {
    setTyped((before) => ({ ...before, ...more }));
    test.reset();
    save.reset();
  };
  const sent = () => ({
    issuer: values.issuer.trim(),
    clientId: values.clientId.trim(),
    clientSecret: secret.trim() === '' ? null : secret.trim(),
  });
  const missing = {
    issuer: values.issuer.trim() === '' && 'Give the issuer, as the console shows it.',
    clientId: values.clientId.trim() === '' && 'Give the client ID.',
    secret: needsSecret && 'Give the client secret of this client.',
  };
  const whenWhole = (form: HTMLFormElement, then: () => void) => {
    setTouched(true);
    const wrong = (['issuer', 'clientId', 'secret'] as const).find((name) => missing[name] !== false);
    if (wrong === undefined) then();
    else form.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    whenWhole(event.currentTarget, () => save.mutate({ ...sent(), joining: values.joining, version }));
  };
  const error = (name: keyof typeof missing) => isTouched && missing[name];
  const plain = { autoComplete: 'off', spellCheck: false, dir: 'ltr' } as const;
  return (
    <form onSubmit={submit} noValidate className={classes.form}>
      <fieldset className={classes.inputs} disabled={readOnly} aria-label="Client of the identity provider">
        <TextInput
          ref={issuerField}
          name="issuer"
          label="Issuer"
          description="The address that stands for your identity provider in its tokens."
          value={values.issuer}
          onChange={({ currentTarget }) => change({ issuer: currentTarget.value })}
          error={error('issuer')}
          {...plain}
        />
        <TextInput
          name="clientId"
          label="Client ID"
          value={values.clientId}
          onChange={({ currentTarget }) => change({ clientId: currentTarget.value })}
          error={error('clientId')}
          {...plain}
        />
        <TextInput
          name="secret"
          type="password"
          label="Client secret"
          description={
            client === null || isOther
              ? 'It is sealed at the server and never shown again.'
              : 'Leave it empty to keep the one there is.'
          }
          value={secret}
          onChange={({ currentTarget }) => {
            setSecret(currentTarget.value);
            test.reset();
          }}
          error={error('secret')}
          {...plain}
          autoComplete="new-password"
        />
        <NativeSelect
          label="Who may come in"
          data={joinings}
          value={values.joining}
          onChange={({ currentTarget }) => change({ joining: currentTarget.value as SsoJoining })}
        />
      </fieldset>
      <div aria-live="polite">
        {test.data && (
          <SsoChecks
            test={test.data}
            onTake={(issuer) => {
              change({ issuer });
              issuerField.current?.focus();
            }}
          />
        )}
      </div>
      {[test.error, save.error].map(
        (failure) =>
          failure !== null && (
            <p key={failure.message} className={classes.failure} role="alert">
              {failureOf(failure).message} What you typed is still here.
            </p>
          ),
      )}
      {!readOnly && (
        <div className={classes.actions}>
          {isChanged && (
            <Button type="submit" loading={save.isPending}>
              Save single sign-on
            </Button>
          )}
          <Button
            variant="default"
            loading={test.isPending}
            onClick={({ currentTarget }) => {
              if (currentTarget.form) whenWhole(currentTarget.form, () => test.mutate(sent()));
            }}
          >
            Test
          </Button>
        </div>
      )}
    </form>
  );
}
