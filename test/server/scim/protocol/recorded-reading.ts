// A Reading that keeps its notes, for tests that ask what was tolerated.
import type { Quirk, Reading } from '../../../../server/scim/protocol/quirk.ts';

export interface RecordedReading extends Reading {
  readonly notes: readonly (readonly [Quirk, string | undefined])[];
}

export function tolerant(): RecordedReading {
  return recorded(false);
}

export function strict(): RecordedReading {
  return recorded(true);
}

function recorded(isStrict: boolean): RecordedReading {
  const notes: (readonly [Quirk, string | undefined])[] = [];
  return { strict: isStrict, notes, note: (quirk, path) => void notes.push([quirk, path]) };
}
