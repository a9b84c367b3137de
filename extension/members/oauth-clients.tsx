// The machine clients of a connection or a reader, folded until somebody wants them: addresses for the program, the list,
// and a new one. Knows the query.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { accessTokenSeconds, type ClientOwner, mostClients } from '../../shared/oauth-client.ts';
import { useTRPC } from '../lib/api.ts';
import { CopyLine } from '../parts/copy-line.tsx';
import { QueryState } from '../parts/query-state.tsx';
import classes from './connection-card.module.css';
import { OauthClientDialog } from './oauth-client-dialog.tsx';
import { OauthClientRow } from './oauth-client-row.tsx';

export function OauthClients({
  owner,
  name,
  readOnly,
}: {
  readonly owner: ClientOwner;
  /** The connection's or the reader's. */
  readonly name: string;
  readonly readOnly: boolean;
}) {
  const [isOpen, setOpen] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const query = useQuery(useTRPC().clients.list.queryOptions(owner, { enabled: isOpen }));
  return (
    <details
      className={classes.clients}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary className={classes.summary} aria-label={`Machine clients of ${name} (OAuth)`}>
        Machine clients (OAuth)
      </summary>
      {isOpen && (
        <QueryState query={query} rows={2}>
          {({ addresses, clients }) => (
            <div className={classes.form}>
              <p className={classes.quiet}>
                Instead of a token: the program asks for an access token, scope {addresses.scope}, which works
                for {accessTokenSeconds / 60} minutes.
              </p>
              <CopyLine
                label="Token endpoint"
                text={addresses.tokenEndpoint}
                what={`token endpoint of ${name}`}
              />
              <CopyLine label="Metadata" text={addresses.metadata} what={`metadata address of ${name}`} />
              {clients.length === 0 && <p>No machine client yet.</p>}
              {clients.map((client) => (
                <OauthClientRow key={client.id} owner={owner} client={client} readOnly={readOnly} />
              ))}
              {!readOnly && (
                <div className={classes.actions}>
                  <Button
                    variant="default"
                    disabled={clients.length >= mostClients}
                    aria-label={`New machine client of ${name}`}
                    onClick={() => setMaking(true)}
                  >
                    New machine client
                  </Button>
                </div>
              )}
            </div>
          )}
        </QueryState>
      )}
      {isMaking && <OauthClientDialog owner={owner} onClose={() => setMaking(false)} />}
    </details>
  );
}
