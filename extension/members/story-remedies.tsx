// What to do about somebody's access: sentences, the way in the identity provider's console, and buttons that lead there.
import { Anchor, Button } from '@mantine/core';
import { useEffect } from 'react';
import type { SettingPart, StoryRemedy } from '../../shared/explanation.ts';
import { openPanel, rememberWindow } from '../lib/open-page.ts';
import classes from './drawer-why.module.css';
import { RemedyPath } from './remedy-path.tsx';
import { hashOf } from './route.ts';

const settingNames: Readonly<Record<SettingPart, string>> = {
  domains: 'Domains',
  invitations: 'Invitations',
  seats: 'Seats',
};

export function StoryRemedies({ remedies }: { readonly remedies: readonly StoryRemedy[] }) {
  useEffect(() => void rememberWindow(), []);
  return (
    remedies.length > 0 && (
      <ul className={classes.remedies} aria-label="What to do">
        {remedies.map((remedy) => (
          <Remedy key={remedy.sentence} {...remedy} />
        ))}
      </ul>
    )
  );
}

function Remedy({ sentence, console, step, setting }: StoryRemedy) {
  return (
    <li className={classes.remedy}>
      <p>{sentence}</p>
      {console !== null && (
        <p className={classes.path}>
          <RemedyPath {...console} />
        </p>
      )}
      {(step !== null || setting !== null || console?.href != null) && (
        <div className={classes.ways}>
          {step !== null && (
            <Button size="compact-sm" variant="default" onClick={() => openPanel(step)}>
              Show me
            </Button>
          )}
          {console?.href != null && (
            <Anchor href={console.href} target="_blank" rel="noreferrer">
              Open {console.console}
            </Anchor>
          )}
          {setting !== null && (
            <Anchor href={hashOf('settings', { at: setting })}>Open {settingNames[setting]}</Anchor>
          )}
        </div>
      )}
    </li>
  );
}
