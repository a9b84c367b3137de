// The first screen: which server, and signing in there.
import type { Opened } from '../lib/page.tsx';

export function ConnectView({ opened }: { readonly opened: Opened }) {
  return <main>{opened.draftServer}</main>;
}
