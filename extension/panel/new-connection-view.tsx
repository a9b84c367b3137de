// Choosing what to set up. Knows the kinds of identity providers in words; what making a connection takes, its form does.
import { UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { vendors } from './checklist-words.ts';
import type { FreshTokens } from './issued-tokens.ts';
import { NewConnectionForm } from './new-connection-form.tsx';
import classes from './new-connection-view.module.css';
import type { Connection } from './panel-connection.ts';
import { PanelHeader } from './panel-header.tsx';

const choices: readonly { readonly kind: ConnectionKind; readonly title: string; readonly about: string }[] =
  [
    { kind: 'okta', title: 'Okta', about: 'Step by step through the Okta admin console' },
    { kind: 'entra', title: 'Microsoft Entra ID', about: 'Step by step through the Entra admin center' },
    { kind: 'other', title: 'Another identity provider', about: 'Whatever speaks SCIM 2.0' },
  ];

export function NewConnectionView({
  connections,
  stand,
  tokens,
}: {
  readonly connections: readonly Connection[];
  readonly stand: (connection: string) => void;
  readonly tokens: FreshTokens;
}) {
  const [kind, setKind] = useState<ConnectionKind>();
  const may = useRights();
  const title = kind === undefined ? 'Set up provisioning' : `Set up ${vendors[kind].title}`;
  return (
    <>
      <PanelHeader title={title} connections={connections} current={undefined} stand={stand} />
      <div className={classes.content}>
        {kind === undefined ? (
          <>
            <ReadOnlyNote right="change connections and tokens" />
            <p className={classes.lead} id="choose-kind">
              Where do your people come from?
            </p>
            <ul className={classes.choices} aria-labelledby="choose-kind">
              {choices.map((choice) => (
                <li key={choice.kind}>
                  <UnstyledButton
                    className={classes.choice}
                    disabled={!may('change connections and tokens')}
                    onClick={() => setKind(choice.kind)}
                  >
                    <span>
                      <span className={classes.name}>{choice.title}</span>
                      <span className={classes.about}>{choice.about}</span>
                    </span>
                    <IconChevronRight className={classes.arrow} size={16} aria-hidden="true" />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
            <p className={classes.quiet}>
              The panel stays beside the console while you work there, and ticks each step when it sees the
              request that proves it.
            </p>
          </>
        ) : (
          <NewConnectionForm
            key={kind}
            kind={kind}
            taken={connections.map(({ name }) => name)}
            onMade={(made) => {
              tokens.keep(made);
              stand(made.connectionId);
            }}
            onBack={() => setKind(undefined)}
          />
        )}
      </div>
    </>
  );
}
