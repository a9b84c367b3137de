// How each page begins: what is kept is read once, the last known data is put in place, and the view is mounted inside
// everything it may ask for. Knows no screen.
import '../lib/base-styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  StrictMode,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { createRoot } from 'react-dom/client';
import { accountKey } from './account.ts';
import { createApi, TRPCProvider } from './api.ts';
import { keepLastKnown, queryClientOf } from './last-known.ts';
import { later } from './later.ts';
import { createStandingStore, type Standing, type StandingStore } from './standing.ts';
import { type Account, type Kept, type Managed, onChange, read, readManaged } from './storage.ts';
import { cssVariables, theme } from './theme.ts';

const MessageArea = later(async () => (await import('./message-area.tsx')).MessageArea);

/** What was kept when the page opened. */
export interface Opened {
  readonly accounts: readonly Account[];
  readonly servers: readonly string[];
  readonly draftServer: string;
  readonly lastKnown: Kept['lastKnown'] | undefined;
  readonly managed: Managed;
}

/** Mounts a page; it starts anew when another account becomes the current one. */
export async function mountPage(views: {
  /** For nobody signed in. */
  readonly connect: (opened: Opened) => ReactNode;
  /** Inside the session of the current account. */
  readonly main: () => ReactNode;
}): Promise<void> {
  const root = createRoot(document.getElementById('root') as HTMLElement);
  document.documentElement.dir = browserDirection();
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
    const managed = account === undefined ? await readManaged() : {};
    const opened = { accounts, servers, draftServer, lastKnown, managed };
    root.render(
      <StrictMode>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
          <Suspense>
            {account === undefined ? (
              views.connect(opened)
            ) : (
              <Session key={key} account={account} opened={opened}>
                {views.main()}
              </Session>
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

interface SessionContext {
  readonly account: Account;
  readonly accounts: readonly Account[];
  readonly standing: StandingStore;
}

const sessionContext = createContext<SessionContext | undefined>(undefined);

/** The account that the page is about, and how it stands with its server. */
export function useSession(): SessionContext {
  const session = useContext(sessionContext);
  if (session === undefined) throw new Error('There is no session around this view.');
  return session;
}

export function useStanding(): Standing {
  const { standing } = useSession();
  return useSyncExternalStore(standing.subscribe, standing.get);
}

function Session({
  account,
  opened,
  children,
}: {
  readonly account: Account;
  readonly opened: Opened;
  readonly children: ReactNode;
}) {
  const parts = useMemo(() => {
    const standing = createStandingStore();
    return {
      session: { account, accounts: opened.accounts, standing },
      api: createApi(account, standing),
      queries: queryClientOf(account, opened.lastKnown),
    };
  }, [account, opened]);
  useEffect(() => keepLastKnown(parts.queries, account), [parts, account]);
  return (
    <sessionContext.Provider value={parts.session}>
      <QueryClientProvider client={parts.queries}>
        <TRPCProvider trpcClient={parts.api} queryClient={parts.queries}>
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
