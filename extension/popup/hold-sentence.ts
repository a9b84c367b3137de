// Held removals in a sentence. Pure.
import type { Outputs } from '../lib/api.ts';
import { inSync } from './header-sentence.ts';

type Holds = Outputs['holds']['list'];

/** "Okta removed 14 people within an hour. Their access has ended; the rest waits for you." */
export function holdSentence(holds: Holds): string {
  const names = [...new Set(holds.map(({ connection }) => connection.name ?? 'A deleted connection'))];
  const add = (field: 'people' | 'groups') => holds.reduce((sum, hold) => sum + hold[field], 0);
  const [people, groups] = [add('people'), add('groups')];
  const what =
    groups === 0
      ? inSync(people, 0).split(', ')[0]
      : people === 0
        ? inSync(0, groups).split(', ')[1]
        : inSync(people, groups, ' and ');
  return `${names.join(' and ')} took ${what} away within an hour. Access has ended; what cannot be undone waits for you.`;
}
