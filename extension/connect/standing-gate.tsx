// What stands between a page and its server: shown above the page as long as it has something to show, and in its place
// where it has not. Knows which is which.
import { type ReactNode, useEffect } from 'react';
import { later } from '../lib/later.ts';
import { useSession, useStanding } from '../lib/mount-page.tsx';
import type { Standing } from '../lib/standing.ts';
import { forget, frameKeys } from '../lib/storage.ts';
import { connectAnother, useConnectAnother } from './connect-another.ts';
import { LostBanner } from './lost-banner.tsx';
import { useFreshBadge } from './use-fresh-badge.ts';
import { useKnownSince } from './use-known-since.ts';
import { useRecovery } from './use-recovery.ts';

const ConnectView = later(async () => (await import('./connect-view.tsx')).ConnectView);
const TroubleView = later(async () => (await import('./trouble-view.tsx')).TroubleView);

export function StandingGate({ children }: { readonly children: ReactNode }) {
  const standing = useStanding();
  const recovery = useRecovery();
  const knownSince = useKnownSince();
  const { accounts } = useSession();
  const isConnecting = useConnectAnother();
  useFreshBadge();
  useEffect(() => () => connectAnother(false), []);
  const hasEnded = standing.kind === 'signed_out';
  // Who may not see it any more does not find it here either.
  useEffect(() => {
    if (hasEnded) void forget('lastKnown', ...frameKeys);
  }, [hasEnded]);

  if (isConnecting) {
    const servers = [...new Set(accounts.map(({ server }) => server))];
    return <ConnectView opened={{ servers, draftServer: '' }} onBack={() => connectAnother(false)} />;
  }
  const isAway = isLost(standing) && knownSince !== null;
  if (standing.kind !== 'ok' && !isAway)
    return <TroubleView key={standing.kind} trouble={standing} recovery={recovery} />;
  // The page keeps its place, so that nothing typed there is lost when the line comes and goes.
  return (
    <>
      {isAway && (
        <LostBanner isOffline={standing.kind === 'offline'} knownSince={knownSince} recovery={recovery} />
      )}
      {children}
    </>
  );
}

function isLost({ kind }: Standing): boolean {
  return kind === 'offline' || kind === 'server_down';
}
