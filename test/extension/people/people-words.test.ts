// The words around inviting and nudging: who can be nudged, templates, pasted text, a mail's text taken apart.
import { describe, expect, test } from 'vitest';
import { namesOf, nudgedWords, readinessOf } from '../../../extension/people/nudge-readiness.ts';
import { nudgeTemplates, withTemplate } from '../../../extension/people/nudge-templates.ts';
import {
  invitedSentence,
  malformedSentence,
  offsetOf,
  recognisedSentence,
  textToCorrect,
} from '../../../extension/people/pasted-words.ts';
import { readLetter } from '../../../extension/people/read-letter.ts';
import { parseAddresses } from '../../../shared/parse-addresses.ts';

const now = new Date(2026, 10, 2, 9).getTime();
const day = 24 * 60 * 60 * 1000;
const noor = { memberId: 'noor', name: 'Noor Haddad' };

describe('who can be nudged', () => {
  test.each([
    ['now, as long as nothing is known against it', {}, 'now', 'Noor Haddad gets this mail.'],
    ['now, once the cool-down is over', { nextNudgeAt: now }, 'now', 'Noor Haddad gets this mail.'],
    ['later', { nextNudgeAt: now + day }, 'later', /^Noor Haddad can be nudged again tomorrow .*9/],
    ['never, after the last allowed nudge', { nextNudgeAt: null }, 'never', /was nudged as often as/],
    ['never, without reminders', { nextNudgeAt: null, remindersOff: true }, 'never', /no more reminders/],
    [
      'never, without mail',
      { nextNudgeAt: null, mailFailure: 'Full.' },
      'never',
      /cannot be reached by mail/,
    ],
  ])('%s', (_what, known, when, sentence) => {
    const readiness = readinessOf({ ...noor, ...known }, now);
    expect(readiness.when).toBe(when);
    expect(readiness.sentence).toMatch(sentence);
  });

  test('an outcome says when the next nudge is possible', () => {
    expect(nudgedWords({ memberId: 'noor', outcome: 'nudged', nextAt: now + day }, now)).toMatch(
      /^is nudged, and can be nudged again tomorrow .*9.*\.$/,
    );
    expect(nudgedWords({ memberId: 'noor', outcome: 'not_pending', nextAt: null }, now)).toBe(
      'has no pending invitation.',
    );
  });

  test('names come before counts', () => {
    const named = (...names: string[]) => namesOf(names.map((name) => ({ name })));
    expect(named('Noor')).toBe('Noor');
    expect(named('Noor', 'Rufus', 'Imogen')).toBe('Noor, Rufus and Imogen');
    expect(named('Noor', 'Rufus', 'Imogen', 'Tessa')).toBe('Noor, Rufus and 2 more');
  });
});

test('a template gives way to another one, and the admin’s own words stay', () => {
  const templates = nudgeTemplates('Larkspur Foundry', now);
  const [hello, date] = templates as [(typeof templates)[0], (typeof templates)[0]];
  expect(withTemplate('', hello, templates)).toBe(hello.text);
  expect(withTemplate(hello.text, date, templates)).toBe(date.text);
  expect(withTemplate(`Dear all,\n\n${hello.text}\n\nAda`, date, templates)).toBe(
    `Dear all,\n\nAda\n\n${date.text}`,
  );
  expect(date.text).toMatch(/9/);
});

describe('a pasted text', () => {
  const text = 'noor@\r\nlena@x.example, sam@@x.example';

  test('is summed up, and its faults have a place that can be selected', () => {
    const read = parseAddresses(text);
    expect(recognisedSentence(read)).toBe('1 address · 2 to correct');
    const [first, second] = read.malformed;
    expect(first && malformedSentence(first)).toBe('Line 1, column 1: “noor@” has nothing after the "@".');
    expect(second && text.slice(offsetOf(text, second))).toBe('sam@@x.example');
    expect(recognisedSentence(parseAddresses(' '))).toBe('');
  });

  test('leaves what another text could mend', () => {
    const place = { line: 1, column: 1 };
    const people = [
      { ...place, outcome: 'malformed', text: 'noor@', fault: 'nothing_after' },
      { ...place, outcome: 'invited', address: 'lena@x.example' },
      { ...place, outcome: 'outside_domains', address: 'kim@y.example' },
      { ...place, outcome: 'already_invited', address: 'sam@x.example' },
    ] as const;
    expect(textToCorrect({ people, repeated: 0 })).toBe('noor@\nkim@y.example');
    expect(people.map(invitedSentence)[3]).toBe('sam@x.example is invited already; nudge them instead.');
  });
});

test('a mail’s text is taken apart into what its reader sees', () => {
  const text = `Still open

Hello Noor,

Ada writes:

> One.
>
> Two.

Accept the invitation:
https://rollcall.example/invitation?token=x

--${' '}
Sent by Rollcall

Stop these reminders:
https://rollcall.example/unsubscribe?token=x
`;
  expect(readLetter(text).map(({ kind, text: words }) => [kind, words])).toEqual([
    ['title', 'Still open'],
    ['text', 'Hello Noor,'],
    ['text', 'Ada writes:'],
    ['quote', 'One.\n\nTwo.'],
    ['button', 'Accept the invitation'],
    ['small', 'Sent by Rollcall'],
    ['link', 'Stop these reminders'],
  ]);
});
