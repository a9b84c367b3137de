import { describe, expect, test } from 'vitest';
import { badgeOf } from '../../../extension/background/badge-words.ts';
import type { Attention } from '../../../shared/sync-status.ts';

const known = (attention: Partial<Attention>) =>
  badgeOf('Larkspur Foundry', {
    kind: 'known',
    attention: { pending: 0, findings: 0, holds: 0, serious: [], ...attention },
  });
const serious = {
  id: '1',
  kind: 'finding',
  sentence: 'Okta sends a login, not an address.',
  connectionId: null,
  stepId: null,
  at: 0,
} as const;

describe('the number on the toolbar button', () => {
  test('adds people on their way, findings and held removals, and says so in words', () => {
    expect(known({ pending: 12, findings: 2, holds: 1 })).toEqual({
      text: '15',
      tone: 'bad',
      title: 'Larkspur Foundry: 1 removal waits for you, 2 findings, 12 people have not joined yet',
    });
    expect(known({ pending: 1 }).title).toBe('Larkspur Foundry: 1 person has not joined yet');
  });

  test('has room for three digits', () => {
    expect(known({ pending: 999 }).text).toBe('999');
    expect(known({ pending: 1000 }).text).toBe('999+');
  });

  test('is not there when nothing needs anybody', () => {
    expect(known({})).toEqual({
      text: '',
      tone: 'accent',
      title: 'Larkspur Foundry: nothing needs you',
    });
  });

  test.each([
    ['accent', { pending: 3 }],
    ['attention', { pending: 3, findings: 1 }],
    ['bad', { pending: 3, findings: 1, serious: [serious] }],
    ['bad', { holds: 1 }],
  ] as const)('takes the colour of the most serious part: %s', (tone, attention) => {
    expect(known(attention).tone).toBe(tone);
  });

  test('stays what it was, in grey, while the server is away', () => {
    expect(badgeOf('Larkspur Foundry', { kind: 'unreachable' })).toMatchObject({ text: null, tone: 'quiet' });
  });

  test('tells that a session has ended, and says nothing to who may not see it or is not signed in', () => {
    expect(badgeOf('Larkspur Foundry', { kind: 'signed_out' }).text).toBe('!');
    expect(badgeOf('Larkspur Foundry', { kind: 'unseen' })).toMatchObject({
      text: '',
      title: 'Larkspur Foundry',
    });
    expect(badgeOf(null, null)).toMatchObject({ text: '', title: 'Rollcall: connect to your server' });
  });
});
