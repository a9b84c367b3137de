// The tokens made in this panel, as long as it is open: each can be copied until then, and never again. Knows no screen.
import { useEffect, useState } from 'react';

/** A token that can still be copied. */
export interface FreshToken {
  readonly connectionId: string;
  readonly tokenId: string;
  readonly token: string;
  readonly copied: boolean;
}

export interface FreshTokens {
  of(connectionId: string): FreshToken | undefined;
  keep(token: Omit<FreshToken, 'copied'>): void;
  markCopied(tokenId: string): void;
}

/** Keeps tokens in memory only, and has the browser ask before one is lost that was never copied. */
export function useFreshTokens(): FreshTokens {
  const [tokens, setTokens] = useState<readonly FreshToken[]>([]);
  const isAtRisk = tokens.some(({ copied }) => !copied);
  useEffect(() => {
    if (!isAtRisk) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isAtRisk]);
  return {
    of: (connectionId) => tokens.find((token) => token.connectionId === connectionId),
    keep: (token) =>
      setTokens((all) => [
        { ...token, copied: false },
        ...all.filter(({ connectionId }) => connectionId !== token.connectionId),
      ]),
    markCopied: (tokenId) =>
      setTokens((all) => all.map((one) => (one.tokenId === tokenId ? { ...one, copied: true } : one))),
  };
}
