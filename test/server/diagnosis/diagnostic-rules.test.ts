// What holds for the rules as a whole; each one's own fault is played in sessions/.
import { expect, test } from 'vitest';
import { diagnosticRules } from '../../../server/diagnosis/diagnostic-rules.ts';
import { setups } from '../../../server/diagnosis/setups.ts';
import { findingSeverities } from '../../../shared/finding.ts';
import type { ConnectionKind } from '../../../shared/provisioning.ts';

test('every rule has an id of its own, and stands with those of its severity', () => {
  expect(new Set(diagnosticRules.map(({ id }) => id)).size).toBe(diagnosticRules.length);
  const order = diagnosticRules.map(({ severity }) => findingSeverities.indexOf(severity));
  expect(order).toEqual([...order].sort());
});

test('every rule leads to a step that there is, and by labels where there is a console', () => {
  for (const { id, kinds } of diagnosticRules)
    for (const [kind, remedy] of Object.entries(kinds)) {
      if (remedy === null) continue;
      const step = setups[kind as ConnectionKind].steps.find((one) => one.id === remedy.stepId);
      expect(step, `${id} for ${kind}`).toBeDefined();
      if (kind !== 'other') expect((remedy.labels ?? step?.labels ?? []).length, id).toBeGreaterThan(0);
    }
});
