// What stands between a page and its server, shown in its place or above it.
import type { ReactNode } from 'react';

export function StandingGate({ children }: { readonly children: ReactNode }) {
  return <>{children}</>;
}
