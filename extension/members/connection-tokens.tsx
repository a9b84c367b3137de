// The tokens of one connection: how each stands, when it was last used, and the way to end one. Never a token itself.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { useNow } from '../lib/now.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './connection-card.module.css';
import { type Connection, type Token, tokenWords } from './connection-words.ts';

/** Tokens that ended are shown as long as they are among the latest. */
const mostShown = 4;

export function ConnectionTokens({
  connection,
  readOnly,
}: {
  readonly connection: Connection;
  readonly readOnly: boolean;
}) {
  const now = useNow();
  const [ending, setEnding] = useState<Token | null>(null);
  const tokens = connection.tokens.toSorted((a, b) => b.createdAt - a.createdAt).slice(0, mostShown);
  if (tokens.length === 0) return null;
  return (
    <>
      <table className={classes.tokens} aria-label={`Tokens of ${connection.name}`}>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">State</th>
            <th scope="col">Made</th>
            <th scope="col">Last used</th>
            {!readOnly && <th scope="col">Actions</th>}
          </tr>
        </thead>
        <tbody>
          {tokens.map((token) => {
            const [tone, words] = tokenWords(token, now);
            return (
              <tr key={token.id}>
                <td>
                  <code className={classes.code}>…{token.last4}</code>
                </td>
                <td>
                  <StatusMark tone={tone}>{words}</StatusMark>
                </td>
                <td>
                  <TimeAgo at={token.createdAt} />
                </td>
                <td>{token.lastUsedAt === null ? 'Never' : <TimeAgo at={token.lastUsedAt} />}</td>
                {!readOnly && (
                  <td>
                    {token.state === 'live' && (
                      <Button
                        size="compact-sm"
                        variant="subtle"
                        aria-label={`Revoke the token that ends in ${token.last4}`}
                        onClick={() => setEnding(token)}
                      >
                        Revoke
                      </Button>
                    )}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
      {ending !== null && (
        <RevokeDialog connection={connection} token={ending} onClose={() => setEnding(null)} />
      )}
    </>
  );
}

function RevokeDialog({
  connection: { id, name, tokens },
  token,
  onClose,
}: {
  readonly connection: Connection;
  readonly token: Token;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const revoke = useMutation(
    trpc.connections.revokeToken.mutationOptions({
      onSuccess: async () => {
        onClose();
        tell(`The token …${token.last4} is revoked.`);
        await queries.invalidateQueries({ queryKey: trpc.connections.pathKey() });
      },
    }),
  );
  const isLast = tokens.filter(({ state }) => state === 'live').length === 1;
  return (
    <ConfirmDialog
      title={`Revoke the token …${token.last4}?`}
      verb="Revoke token"
      isPending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate({ connectionId: id, tokenId: token.id })}
      onClose={onClose}
    >
      <p>
        {isLast
          ? `It is the only token of ${name} that works: nothing comes in any more until a new one is pasted there.`
          : `Requests of ${name} with this token are refused from now on. The other token goes on working.`}
      </p>
    </ConfirmDialog>
  );
}
