// The section of the settings about signing in with the company's identity provider: addresses to give away, the client,
// trying it, requiring it, and what came of the latest sign-ins. Knows the order of these.
import { Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useNow } from '../lib/now.ts';
import { CopyLine } from '../parts/copy-line.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { useRights } from '../parts/rights.ts';
import { SsoAttemptList } from '../parts/sso-attempt-list.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { useSso } from '../parts/use-sso.ts';
import { hashOf } from './route.ts';
import classes from './setting-section.module.css';
import { SettingFrame } from './setting-section.tsx';
import { SsoForm } from './sso-form.tsx';
import { SsoRemove } from './sso-remove.tsx';
import { SsoRequire } from './sso-require.tsx';
import { ssoStanding } from './sso-words.ts';

/** As many as can be taken in at a glance; the audit log has the rest. */
const shownAttempts = 8;

export function SettingSso({ id }: { readonly id: string }) {
  const readOnly = !useRights()('change single sign-on');
  const now = useNow();
  const { query, begin } = useSso();
  const focusTitle = () => document.getElementById(`${id}-title`)?.focus();
  const { data } = query;
  const standing = data && ssoStanding(data, now);
  return (
    <>
      <SettingFrame
        id={id}
        title="Single sign-on"
        lead="People sign in with the account they have at your identity provider, by OpenID Connect."
      >
        <QueryState query={query} rows={4}>
          {(sso) => (
            <div className={classes.form}>
              <div aria-live="polite" className={classes.form}>
                <p>
                  <StatusMark tone={standing?.tone ?? 'quiet'} pill>
                    {standing?.word}
                  </StatusMark>{' '}
                  {standing?.sentence}
                </p>
              </div>
              {sso.client !== null && (
                <div className={classes.actions}>
                  <Button
                    component="a"
                    href={sso.addresses.initiateLoginUri}
                    target="_blank"
                    rel="noreferrer"
                    variant={sso.client.provenAt === null ? 'filled' : 'default'}
                    rightSection={<IconExternalLink size={14} aria-hidden="true" />}
                    onClick={begin}
                  >
                    Try it yourself
                  </Button>
                  {!readOnly && <SsoRemove onRemoved={focusTitle} />}
                </div>
              )}
              <SsoForm key={sso.version} sso={sso} readOnly={readOnly} onSaved={focusTitle} />
            </div>
          )}
        </QueryState>
      </SettingFrame>
      <SettingFrame
        id={`${id}-addresses`}
        title="Addresses for it"
        lead="What the app at your identity provider asks for, to be pasted there."
      >
        {data && (
          <div className={classes.form}>
            <CopyLine label="Sign-in redirect URI" text={data.addresses.redirectUri} />
            <CopyLine label="Initiate login URI" text={data.addresses.initiateLoginUri} />
            <CopyLine label="Sign-out redirect URI" text={data.addresses.postLogoutRedirectUri} />
            <CopyLine label="Back-channel logout URI" text={data.addresses.backchannelLogoutUri} />
          </div>
        )}
      </SettingFrame>
      {data?.client && (
        <SettingFrame
          id={`${id}-required`}
          title="The only way in"
          lead="Whether people have to come in by single sign-on."
        >
          <SsoRequire client={data.client} readOnly={readOnly} />
        </SettingFrame>
      )}
      {data && data.attempts.length > 0 && (
        <SettingFrame
          id={`${id}-attempts`}
          title="Latest sign-ins"
          lead="What came of them, and why somebody did not come in."
        >
          <SsoAttemptList
            attempts={data.attempts.slice(0, shownAttempts)}
            placeOf={(member) => hashOf('people', { member })}
          />
        </SettingFrame>
      )}
    </>
  );
}
