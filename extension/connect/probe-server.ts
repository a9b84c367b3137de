// Whether an address leads to a Rollcall server that this extension can speak with. Knows the server's answer about
// itself and what the lack of one means; no screen.
import { type AboutServer, apiVersion } from '../../shared/extension.ts';
import { readServerAddress } from '../lib/server-address.ts';

/** What an address turned out to be; `unreadable` answers, but does not let us read what. */
export type ServerCheck =
  | { readonly kind: 'empty' | 'no_address' | 'insecure' }
  | { readonly kind: 'ready' | 'not_set_up'; readonly server: string }
  | { readonly kind: 'server_newer' | 'extension_newer'; readonly server: string }
  | { readonly kind: 'offline' | 'unreachable' | 'unreadable' | 'other' | 'busy'; readonly server: string };

/** Nobody watches a field for longer, in milliseconds. */
const patience = 8000;

/** What can be said of a text without asking anybody: its server, or why it names none. */
export function readDraft(text: string): { readonly server: string } | ServerCheck {
  if (text.trim() === '') return { kind: 'empty' };
  const server = readServerAddress(text);
  if (server !== undefined) return { server };
  return readServerAddress(text.trim().replace(/^http:/i, 'https:')) === undefined
    ? { kind: 'no_address' }
    : { kind: 'insecure' };
}

/** Asks a server what it is; never throws but for `signal`. */
export async function checkServer(server: string, signal: AbortSignal): Promise<ServerCheck> {
  const init = {
    signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'follow',
  } as const;
  try {
    return await read(server, await fetch(`${server}/extension/about`, init));
  } catch {
    signal.throwIfAborted();
  }
  if (!navigator.onLine && !isThisMachine(server)) return { kind: 'offline', server };
  // The browser does not tell a server that is not there from one that does not let us read its answer. This does.
  try {
    await fetch(server, { ...init, mode: 'no-cors' });
    return { kind: 'unreadable', server };
  } catch {
    signal.throwIfAborted();
    return { kind: 'unreachable', server };
  }
}

async function read(server: string, response: Response): Promise<ServerCheck> {
  if (response.status === 503 || response.status === 429) return { kind: 'busy', server };
  const about: unknown = await response.json().catch(() => null);
  if (!response.ok || !isAbout(about)) return { kind: 'other', server };
  if (about.api !== apiVersion)
    return { kind: about.api > apiVersion ? 'server_newer' : 'extension_newer', server };
  return { kind: about.ready ? 'ready' : 'not_set_up', server };
}

function isAbout(about: unknown): about is AboutServer {
  const { product, api } = (about ?? {}) as Partial<AboutServer>;
  return product === 'rollcall' && typeof api === 'number';
}

function isThisMachine(server: string): boolean {
  return ['localhost', '127.0.0.1'].includes(new URL(server).hostname);
}
