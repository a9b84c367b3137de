// How each page begins: what is kept is read once, the last known data is put in place, and the view is mounted inside
// everything it may ask for. Knows no screen.
import '../lib/base-styles.ts';
import { MantineProvider } from '@mantine/core';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  StrictMode,
  Suspense,
  useContext,
  useEffect,
  useSyncExternalStore,
} from 'react';
import { createRoot } from 'react-dom/client';
import { accountKey, forgetDropped } from './account.ts';
import { type Api, createApi, TRPCProvider } from './api.ts';
import { drawnOnce } from './first-drawing.ts';
import { keepFocus } from './keep-focus.ts';
import { keepLastFrame } from './last-frame.ts';
import { keepLastKnown, queryClientOf } from './last-known.ts';
import { afterDrawing } from './later.ts';
import { isFramePainted } from './paint-frame.ts';
import { createStandingStore, type Standing, type StandingStore } from './standing.ts';
import { type Account, type Kept, onChange, read } from './storage.ts';
import { cssVariables, theme } from './theme.ts';

const MessageArea = afterDrawing(async () => (await import('./message-area.tsx')).MessageArea);

/** What was kept when the page opened. */
export interface Opened {
  readonly accounts: readonly Account[];
  readonly servers: readonly string[];
  readonly draftServer: string;
  readonly lastKnown: Kept['lastKnown'] | undefined;
}

/** How long an answer that is on its way may hold up what comes after it, in milliseconds. */
const heldForMs = 1000;

/** Mounts a page; it starts anew when another account becomes the current one. */
export async function mountPage(views: {
  /** For nobody signed in. */
  readonly connect: (opened: Opened) => ReactNode;
  /** Inside the session of the current account. */
  readonly main: () => ReactNode;
  /** Whether the page stands as it does when it opens, and may be painted so the next time before it is loaded. */
  readonly isAsOpened?: (root: HTMLElement) => boolean;
  /** Asks for what the page shows first, before anything of it is drawn; resolves when it has come. */
  readonly beforehand?: (session: Session) => Promise<void>;
}): Promise<void> {
  const root = createRoot(document.getElementById('root') as HTMLElement);
  document.documentElement.dir = browserDirection();
  keepFocus();
  let shown: string | undefined;
  const draw = async () => {
    const {
      accounts = [],
      servers = [],
      draftServer = '',
      lastKnown,
    } = await read('accounts', 'servers', 'draftServer', 'lastKnown');
    const [account] = accounts;
    const key = account === undefined ? '' : `${accountKey(account)} ${account.token}`;
    if (key === shown) return;
    shown = key;
    const opened = { accounts, servers, draftServer, lastKnown };
    const session = account && openSession(account, opened);
    const late = new Promise<void>((resolve) => setTimeout(resolve, heldForMs));
    const ready = Promise.race([session && views.beforehand?.(session), late]);
    // Nothing takes the place of the last frame that shows less than it.
    if (isFramePainted()) await ready;
    if (key !== shown) return;
    void drawnOnce(ready);
    root.render(
      <StrictMode>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <Suspense>
            {session === undefined ? (
              views.connect(opened)
            ) : (
              <SessionParts key={key} session={session} isAsOpened={views.isAsOpened}>
                {views.main()}
              </SessionParts>
            )}
          </Suspense>
          <Suspense>
            <MessageArea />
          </Suspense>
        </MantineProvider>
      </StrictMode>,
    );
  };
  onChange('accounts', () => void draw());
  await draw();
}

/** The account that the page is about, how it stands with its server, and the ways to ask that. */
interface Session {
  readonly account: Account;
  readonly accounts: readonly Account[];
  readonly standing: StandingStore;
  readonly api: Api;
  readonly queries: QueryClient;
}

function openSession(account: Account, { accounts, lastKnown }: Opened): Session {
  const standing = createStandingStore();
  const api = createApi(account, standing);
  return { account, accounts, standing, api, queries: queryClientOf(account, lastKnown) };
}

const sessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(sessionContext);
  if (session === undefined) throw new Error('There is no session around this view.');
  return session;
}

export function useStanding(): Standing {
  const { standing } = useSession();
  return useSyncExternalStore(standing.subscribe, standing.get);
}

function SessionParts({
  session,
  isAsOpened,
  children,
}: {
  readonly session: Session;
  readonly isAsOpened: ((root: HTMLElement) => boolean) | undefined;
  readonly children: ReactNode;
}) {
  const { account, api, queries } = session;
  useEffect(() => () => void forgetDropped(account), [account]);
  useEffect(() => keepLastKnown(session), [session]);
  useEffect(() => isAsOpened && keepLastFrame(session, isAsOpened), [session, isAsOpened]);
  return (
    <sessionContext.Provider value={session}>
      <QueryClientProvider client={queries}>
        <TRPCProvider trpcClient={api} queryClient={queries}>
          {children}
        </TRPCProvider>
      </QueryClientProvider>
    </sessionContext.Provider>
  );
}

/** Right to left where the browser's language is; the words stay English until they are translated. */
function browserDirection(): 'ltr' | 'rtl' {
  return new URLSearchParams(location.search).get('dir') === 'rtl' ? 'rtl' : 'ltr';
}
