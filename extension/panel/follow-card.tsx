// Going along with the reader through the console, and the address of their app there. Optional in every part: without it
// the words and the links to the front page lead on.
import { Button, TextInput } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Checklist } from '../../shared/setup-checklist.ts';
import { failureOf, useTRPC } from '../lib/api.ts';
import { StatusMark } from '../parts/status-mark.tsx';
import { vendors } from './checklist-words.ts';
import classes from './follow-card.module.css';
import { consoleOrigins, everyOrigin, stepAt, tellsNewIds } from './follow-console.ts';
import { useFollowedConsole } from './use-followed-console.ts';

export function FollowCard({
  checklist,
  openId,
  mayRemember,
  onStep,
}: {
  readonly checklist: Checklist;
  readonly openId: string | undefined;
  readonly mayRemember: boolean;
  readonly onStep: (stepId: string) => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { connectionId, kind, console } = checklist;
  const isKnown = Object.keys(console).length > 0;
  const [seenApp, setSeenApp] = useState<string>();
  const tried = useRef(new Set<string>());
  const remember = useMutation(
    trpc.setup.rememberConsole.mutationOptions({
      onSuccess: (after) => queries.setQueryData(trpc.setup.checklist.queryKey({ connectionId }), after),
    }),
  );
  const { isAllowed, ask, stop } = useFollowedConsole(
    consoleOrigins(checklist),
    everyOrigin(checklist),
    (address) => {
      const step = stepAt(checklist, address, openId);
      if (step !== undefined && step.id !== openId) onStep(step.id);
      const isNew = address !== undefined && tellsNewIds(checklist, address);
      setSeenApp(isNew ? address : undefined);
      // The first app that is seen is taken for the one; another one only when somebody says so.
      if (!isNew || isKnown || !mayRemember || tried.current.has(address)) return;
      tried.current.add(address);
      remember.mutate({ connectionId, address });
    },
  );
  if (kind === 'other') return null;
  const { name } = vendors[kind];
  return (
    <section className={classes.card} aria-labelledby="follow-title">
      <h2 id="follow-title" className={classes.title}>
        <IconRoute size={16} stroke={1.5} aria-hidden="true" />
        Through the console together
      </h2>
      {isAllowed === true ? (
        <div className={classes.row}>
          <StatusMark tone="ok">Following you in {name}</StatusMark>
          <Button variant="subtle" size="compact-sm" onClick={stop}>
            Stop following
          </Button>
        </div>
      ) : (
        <>
          <p className={classes.quiet}>
            The panel can open the step that fits the page you are on. For that your browser asks whether
            Rollcall may read addresses in {name}’s console, and no others.
          </p>
          <div>
            <Button variant="default" disabled={isAllowed === undefined} onClick={ask}>
              Follow me through the console
            </Button>
          </div>
        </>
      )}
      {isKnown && seenApp !== undefined && mayRemember && (
        <div className={classes.row}>
          <span className={classes.quiet}>The links lead to another app than this one.</span>
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => remember.mutate({ connectionId, address: seenApp })}
          >
            Use this app
          </Button>
        </div>
      )}
      {mayRemember && (
        <AppAddress
          name={name}
          isKnown={isKnown}
          isPending={remember.isPending}
          error={remember.error}
          onGiven={(address, onKept) => remember.mutate({ connectionId, address }, { onSuccess: onKept })}
        />
      )}
    </section>
  );
}

function AppAddress({
  name,
  isKnown,
  isPending,
  error,
  onGiven,
}: {
  readonly name: string;
  readonly isKnown: boolean;
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onGiven: (address: string, onKept: () => void) => void;
}) {
  const [address, setAddress] = useState('');
  const isAddress = URL.canParse(address.trim());
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isAddress) onGiven(address.trim(), () => setAddress(''));
      }}
    >
      <TextInput
        className={classes.field ?? ''}
        label={`Address of your app in ${name}`}
        description={
          isKnown
            ? 'The links lead straight to your app. Paste another address to change that.'
            : 'Paste it once, and the links lead straight to your app.'
        }
        placeholder="https://"
        autoComplete="off"
        spellCheck={false}
        value={address}
        error={error == null ? undefined : failureOf(error).message}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      {address.trim() !== '' && (
        <Button type="submit" variant="default" disabled={!isAddress} loading={isPending}>
          Remember
        </Button>
      )}
    </form>
  );
}
