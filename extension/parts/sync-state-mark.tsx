// How provisioning stands, as one word with its shape: the same on every page. Knows the words, not how a state is found.
import type { SyncState } from '../../shared/sync-status.ts';
import { StatusMark, type Tone } from './status-mark.tsx';

export const syncWords: Readonly<Record<SyncState, readonly [tone: Tone, word: string]>> = {
  healthy: ['ok', 'Healthy'],
  paused: ['paused', 'Paused'],
  waiting: ['waiting', 'Waiting'],
  silent: ['attention', 'Silent'],
  attention: ['attention', 'Attention'],
  quarantine: ['bad', 'Quarantine'],
};

export function SyncStateMark({
  state,
  pill = false,
}: {
  readonly state: SyncState;
  readonly pill?: boolean;
}) {
  const [tone, word] = syncWords[state];
  return (
    <StatusMark tone={tone} pill={pill}>
      {word}
    </StatusMark>
  );
}
