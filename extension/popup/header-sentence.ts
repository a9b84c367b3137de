// The sentence under the org's name: the most urgent thing about provisioning, or that all is well and when. Pure.
import type { OrgSync } from '../../shared/sync-status.ts';
import { ago } from '../lib/time-words.ts';

export function headerSentence({ state, connections }: OrgSync, now: number): string {
  const urgent = connections.find((connection) => connection.state === state);
  if (urgent === undefined) return 'No identity provider is connected yet.';
  if (state !== 'healthy') return urgent.findings[0]?.sentence ?? urgent.sentence;
  const latest = connections.reduce((a, b) => ((b.lastContactAt ?? 0) > (a.lastContactAt ?? 0) ? b : a));
  const add = (field: 'people' | 'groups') => connections.reduce((sum, each) => sum + each[field], 0);
  const contact =
    latest.lastContactAt === null
      ? latest.sentence
      : `${latest.name} was here ${ago(latest.lastContactAt, now)}`;
  return `${contact} · ${inSync(add('people'), add('groups'))} in sync`;
}

/** "312 people, 25 groups". */
export function inSync(people: number, groups: number, between = ', '): string {
  return [counted(people, 'person', 'people'), counted(groups, 'group', 'groups')].join(between);
}

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`;
