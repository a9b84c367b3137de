// What is pasted into the console: the address, and the token, which is copied without being displayed. Knows tokens by
// their last four characters, but for the one made in this panel.
import { Button } from '@mantine/core';
import { useState } from 'react';
import { CopyButton } from '../parts/copy-button.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { addressToPaste, vendors } from './checklist-words.ts';
import classes from './credentials.module.css';
import type { FreshTokens } from './issued-tokens.ts';
import { NewTokenForm } from './new-token-form.tsx';
import type { Connection } from './panel-connection.ts';

export function Credentials({
  connection,
  tokens,
  canChange,
}: {
  readonly connection: Connection;
  readonly tokens: FreshTokens;
  readonly canChange: boolean;
}) {
  const [isMaking, setMaking] = useState(false);
  const { kind, baseUrl } = connection;
  const words = vendors[kind];
  const address = addressToPaste(kind, baseUrl);
  const live = connection.tokens.filter(({ state }) => state === 'live');
  const fresh = tokens.of(connection.id);
  return (
    <div className={classes.credentials}>
      <div>
        <p className={classes.label}>{words.address}</p>
        <div className={classes.row}>
          <code className={classes.value}>{address}</code>
          <CopyButton text={address} what={words.address} />
        </div>
      </div>
      <div>
        <p className={classes.label}>{words.token}</p>
        {live.map((token) => {
          const own = token.id === fresh?.tokenId ? fresh : undefined;
          return (
            <div key={token.id} className={classes.row}>
              <code className={classes.value}>
                <span className={classes.hidden}>Token that ends in </span>
                <span aria-hidden="true">••••••••</span>
                {token.last4}
              </code>
              {own && (
                <CopyButton
                  text={own.token}
                  what="token"
                  primary={!own.copied}
                  onCopied={() => tokens.markCopied(own.tokenId)}
                />
              )}
              <p className={classes.about}>
                {own && 'Can be copied until this panel closes, and not after that. '}
                {token.expiresAt === null ? (
                  'Does not end by itself.'
                ) : (
                  <>
                    Ends <TimeAgo at={token.expiresAt} />.
                  </>
                )}{' '}
                {token.lastUsedAt !== null && (
                  <>
                    Last used <TimeAgo at={token.lastUsedAt} />.
                  </>
                )}
              </p>
            </div>
          );
        })}
        {live.length === 0 && <p className={classes.about}>No token is valid. Nothing can arrive.</p>}
        {isMaking ? (
          <NewTokenForm
            connection={connection}
            onMade={(made) => {
              tokens.keep(made);
              setMaking(false);
            }}
            onCancel={() => setMaking(false)}
          />
        ) : (
          canChange && (
            <Button
              className={classes.another ?? ''}
              variant="subtle"
              size="compact-sm"
              disabled={live.length >= 2}
              onClick={() => setMaking(true)}
            >
              Make another token
            </Button>
          )
        )}
        {live.length >= 2 && (
          <p className={classes.about}>Two tokens are valid, which is as many as there can be at a time.</p>
        )}
      </div>
    </div>
  );
}
