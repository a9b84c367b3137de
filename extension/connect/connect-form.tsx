// The address of a server, checked while it is typed, and the button that signs in there. Knows the order of things; what
// an address turned out to be, check-words says.
import { Button, Loader, TextInput } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { forget, write } from '../lib/storage.ts';
import { checkWords } from './check-words.ts';
import classes from './connect-view.module.css';
import { checkServer, readDraft } from './probe-server.ts';
import { ServerList } from './server-list.tsx';
import { SignInOutcome } from './sign-in-outcome.tsx';
import { useServerCheck } from './use-server-check.ts';
import { useSignIn } from './use-sign-in.ts';

export function ConnectForm({
  servers,
  draft,
  onBack,
}: {
  readonly servers: readonly string[];
  readonly draft: string;
  readonly onBack?: () => void;
}) {
  const [text, setText] = useState(() => draft || (onBack ? '' : servers[0]) || '');
  const [isTyping, setTyping] = useState(true);
  const [attempt, setAttempt] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const { check, isChecking } = useServerCheck(text, attempt);
  const { state, begin } = useSignIn();
  const isBusy = state.kind === 'asking' || state.kind === 'signing_in';
  const words = checkWords(check, isTyping);
  const isProblem = !isChecking && words.tone === 'problem';
  const isReady = !isChecking && check.kind === 'ready';
  const server = 'server' in check ? check.server : undefined;

  const change = (next: string) => {
    setText(next);
    setTyping(true);
    setAttempt(0);
    void (next.trim() === '' ? forget('draftServer') : write({ draftServer: next }));
  };
  useEffect(() => field.current?.focus(), []);
  // Somebody comes back from setting the server up, or from starting it.
  useEffect(() => {
    if (!isProblem || server === undefined) return;
    const again = () => setAttempt((count) => count + 1);
    addEventListener('focus', again);
    return () => removeEventListener('focus', again);
  }, [isProblem, server]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = readDraft(text);
    setTyping(false);
    if ('kind' in read) return field.current?.focus();
    if (isProblem && check.kind !== 'unreadable') {
      setAttempt((count) => count + 1);
      return field.current?.focus();
    }
    begin(read.server, async () => {
      if (isReady) return true;
      const { kind } = await checkServer(read.server, new AbortController().signal);
      setAttempt((count) => count + 1);
      return kind === 'ready';
    });
  };

  return (
    <form
      className={classes.form}
      data-tone={isChecking ? undefined : words.tone}
      onSubmit={submit}
      noValidate
    >
      <div>
        <h1 className={classes.heading}>
          {onBack ? 'Connect another organisation' : 'Connect to your server'}
        </h1>
        <p className={classes.lead}>Your company runs Rollcall on a server of its own.</p>
      </div>
      <TextInput
        ref={field}
        size="md"
        label="Server address"
        type="url"
        inputMode="url"
        autoComplete="url"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={() => text.trim() !== '' && setTyping(false)}
        description={isProblem ? undefined : isChecking ? 'Looking for Rollcall there…' : words.sentence}
        classNames={{
          label: classes.label ?? '',
          description: classes.hint ?? '',
          error: classes.hint ?? '',
        }}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={isProblem ? words.sentence : undefined}
        rightSection={
          isChecking ? (
            <Loader size={14} aria-hidden="true" />
          ) : isReady ? (
            <IconCheck size={16} color="var(--rc-ok)" aria-hidden="true" />
          ) : null
        }
      />
      <span role="status" className={classes.unseen}>
        {isChecking || words.tone === 'help' ? '' : words.sentence}
      </span>
      <div className={classes.buttons}>
        {onBack && (
          <Button size="md" variant="default" onClick={onBack}>
            Back
          </Button>
        )}
        {isProblem && check.kind === 'not_set_up' ? (
          <Button className={classes.main} size="md" component="a" href={check.server} target="_blank">
            Set it up
          </Button>
        ) : (
          <Button className={classes.main} size="md" type="submit" loading={isBusy}>
            Sign in
          </Button>
        )}
      </div>
      <SignInOutcome state={state} />
      {servers.length > 0 && <ServerList servers={servers} chosen={server} onChoose={change} />}
      <p className={classes.foot}>
        Your browser will ask for access to this one server. You sign in on its own page; there is no password
        to type here.
      </p>
    </form>
  );
}
