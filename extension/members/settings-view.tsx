// What the org decides about itself, and what this browser does: plain sections, each with a save of its own. Knows the
// order and the index; each section is a file.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { hashOf, useRoute } from './route.ts';
import { SettingBrowser } from './setting-browser.tsx';
import { SettingDomains } from './setting-domains.tsx';
import { SettingInvitations } from './setting-invitations.tsx';
import { SettingOrg } from './setting-org.tsx';
import { SettingRetention } from './setting-retention.tsx';
import { SettingSafeguards } from './setting-safeguards.tsx';
import { SettingSeats } from './setting-seats.tsx';
import classes from './setting-section.module.css';
import { SettingSessions } from './setting-sessions.tsx';
import { SettingSignUp } from './setting-sign-up.tsx';
import { SettingSso } from './setting-sso.tsx';

const parts = [
  ['org', 'Organisation', SettingOrg],
  ['domains', 'Domains', SettingDomains],
  ['sign-up', 'Sign-up link', SettingSignUp],
  ['sso', 'Single sign-on', SettingSso],
  ['invitations', 'Invitations', SettingInvitations],
  ['seats', 'Seats', SettingSeats],
  ['safeguards', 'Safeguards', SettingSafeguards],
  ['retention', 'Retention', SettingRetention],
  ['sessions', 'Sessions', SettingSessions],
  ['browser', 'This browser', SettingBrowser],
] as const;

export function SettingsView() {
  const trpc = useTRPC();
  const { params } = useRoute();
  const org = useQuery(trpc.org.get.queryOptions());
  const isReady = org.data !== undefined;
  useEffect(() => {
    if (isReady && params.at !== undefined)
      document.getElementById(`setting-${params.at}`)?.scrollIntoView({ block: 'start' });
  }, [isReady, params.at]);
  return (
    <SectionPage title="Settings">
      <ReadOnlyNote right="change the org’s settings" />
      <QueryState query={org} rows={8} height={56}>
        {(state) => (
          <div className={classes.page}>
            <nav className={classes.index} aria-label="Settings">
              <ul>
                {parts.map(([id, name]) => (
                  <li key={id}>
                    <a href={hashOf('settings', { at: id })}>{name}</a>
                  </li>
                ))}
              </ul>
            </nav>
            <div className={classes.sections}>
              {parts.map(([id, , Part]) => (
                <Part key={id} id={`setting-${id}`} state={state} />
              ))}
            </div>
          </div>
        )}
      </QueryState>
    </SectionPage>
  );
}
