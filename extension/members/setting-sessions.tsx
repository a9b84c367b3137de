// The section of the settings about sessions: how long they last, and one's own.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell, tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { useSettingDraft } from './setting-draft.ts';
import { SettingNumber } from './setting-number.tsx';
import classes from './setting-section.module.css';
import { SettingFrame, SettingSection } from './setting-section.tsx';
import type { OrgState } from './setting-values.ts';
import { days } from './setting-words.ts';

export function SettingSessions({ id, state }: { readonly id: string; readonly state: OrgState }) {
  const draft = useSettingDraft(state);
  const { sessionDays } = draft.values;
  return (
    <>
      <SettingSection
        id={id}
        title="Sessions"
        lead="For how long people stay signed in."
        draft={draft}
        effect={`Whoever signs in from now on stays signed in for ${days(sessionDays)}. Sessions that are open keep their end.`}
      >
        <SettingNumber
          label="Sessions last"
          unit="days"
          value={sessionDays}
          min={1}
          max={90}
          onChange={(value) => draft.set({ sessionDays: value })}
        />
      </SettingSection>
      <SettingFrame
        id={`${id}-own`}
        title="Your sessions"
        lead="Where you are signed in. End what you do not know."
      >
        <OwnSessions />
      </SettingFrame>
    </>
  );
}

function OwnSessions() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const sessions = useQuery(trpc.auth.sessions.queryOptions());
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.auth.sessions.queryKey() });
  const end = useMutation(
    trpc.auth.endSession.mutationOptions({
      onSuccess: () => tell('The session is ended.'),
      onError: tellFailure,
      onSettled: refresh,
    }),
  );
  const endOthers = useMutation(
    trpc.auth.endOtherSessions.mutationOptions({
      onSuccess: (count) => tell(count === 1 ? '1 session is ended.' : `${count} sessions are ended.`),
      onError: tellFailure,
      onSettled: refresh,
    }),
  );
  return (
    <QueryState query={sessions} rows={2}>
      {(all) => (
        <>
          <ul className={classes.rows}>
            {all.map(({ id, kind, name, createdAt, lastUsedAt, isCurrent }) => (
              <li key={id} className={classes.row}>
                <div className={classes.rowHead}>
                  <span>
                    <span className={classes.name}>{name}</span>
                    <span className={classes.quiet}>
                      {kind === 'extension' ? ' · extension' : ' · browser'}
                    </span>
                  </span>
                  {isCurrent ? (
                    <StatusMark tone="ok">This one</StatusMark>
                  ) : (
                    <Button
                      size="compact-sm"
                      variant="default"
                      aria-label={`End the session ${name}`}
                      onClick={() => end.mutate({ sessionId: id })}
                    >
                      End session
                    </Button>
                  )}
                </div>
                <p className={classes.quiet}>
                  Since <TimeAgo at={createdAt} />
                  {lastUsedAt !== null && (
                    <>
                      , last used <TimeAgo at={lastUsedAt} />
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
          {all.length > 1 && (
            <Button variant="default" loading={endOthers.isPending} onClick={() => endOthers.mutate()}>
              End all other sessions
            </Button>
          )}
        </>
      )}
    </QueryState>
  );
}
