import { expect, test } from 'vitest';
import type { FindingEvidence } from '../../../server/diagnosis/diagnostic-rule.ts';
import { observe } from '../../../server/diagnosis/look-at-connection.ts';
import { evidenceOf, now, recordedFaults, seenNow } from './recorded-faults.ts';

const minute = 60_000;

test.each(Object.entries(recordedFaults))(
  '%s: seen in the fault and in nothing of its healthy twin',
  (rule, { fault, sentence, healthy }) => {
    const seen = seenNow(fault);
    expect(seen.get(rule)?.sentence).toMatch(sentence);
    expect([...seen.keys()]).toEqual([rule]);
    expect([...seenNow(healthy).keys()]).toEqual([]);
  },
);

test('silence says when it will count: half an hour, ten minutes, 45 minutes, one minute, two hours', () => {
  const never = { contactAt: null, acceptedAt: null, writeAt: null };
  const tested = { contactAt: now, acceptedAt: now, writeAt: null };
  const fresh = {
    connection: {
      kind: 'okta',
      tokens: [{ created_at: now, expires_at: null, revoked_at: null, last_used_at: null, last4: '' }],
    },
  } as never as Pick<FindingEvidence, 'connection'>;
  const [lookup] = recordedFaults['create.never_follows']?.fault.requests ?? [];
  const due = (rule: string, evidence: FindingEvidence) =>
    ((observe(evidence).get(rule)?.firstSeenAt ?? Number.NaN) - now) / minute;
  expect([
    due('silence.nothing_arrived', evidenceOf('okta', { ...fresh, last: never })),
    due('silence.nobody_arrived', evidenceOf('okta', { last: tested })),
    due('silence.nobody_arrived', evidenceOf('entra', { last: tested })),
    due('create.never_follows', evidenceOf('okta', { requests: lookup ? [{ ...lookup, at: now }] : [] })),
    Math.round(
      due('silence.entra_quiet', recordedFaults['silence.entra_quiet']?.healthy ?? evidenceOf('entra')),
    ),
  ]).toEqual([30, 10, 45, 1, 90]);
});
