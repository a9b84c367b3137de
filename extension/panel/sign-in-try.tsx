// Where issuer and secret are entered, the test sign-in, and what came of it: a try that fails is shown where it was begun.
// Knows how single sign-on stands; what ticks the step, the server says.
import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '../lib/api.ts';
import { openMembers } from '../lib/open-page.ts';
import { SsoAttemptList } from '../parts/sso-attempt-list.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { useSso } from '../parts/use-sso.ts';
import classes from './step-body.module.css';

export function SignInTry() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { query, tried, isTrying, begin } = useSso();
  const triedAt = tried?.at;
  useEffect(() => {
    if (triedAt !== undefined) void queries.invalidateQueries({ queryKey: trpc.setup.pathKey() });
  }, [triedAt, queries, trpc]);
  const { client, addresses } = query.data ?? {};
  return (
    <>
      <div className={classes.row}>
        <Button
          variant={client ? 'default' : 'filled'}
          size="compact-sm"
          onClick={() => void openMembers('settings?at=sso')}
        >
          {client ? 'Open the settings' : 'Enter issuer and secret'}
        </Button>
        {client && (
          <Button
            component="a"
            href={addresses?.initiateLoginUri}
            target="_blank"
            rel="noreferrer"
            size="compact-sm"
            rightSection={<IconExternalLink size={14} aria-hidden="true" />}
            onClick={begin}
          >
            Try a sign-in
          </Button>
        )}
      </div>
      <div aria-live="polite">
        {tried !== undefined ? (
          <SsoAttemptList attempts={[tried]} />
        ) : (
          isTrying && <StatusMark tone="waiting">Waiting for the sign-in in the other tab</StatusMark>
        )}
      </div>
    </>
  );
}
