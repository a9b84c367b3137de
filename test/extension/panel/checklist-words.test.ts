// What the panel says of a checklist: which step is next, what is read aloud, what a tick changes before it is written.
import { describe, expect, test } from 'vitest';
import {
  addressToPaste,
  choiceAfter,
  freeName,
  nextStep,
  openStep,
  shortAttribute,
  spokenChanges,
} from '../../../extension/panel/checklist-words.ts';
import { oktaSetup } from '../../../server/diagnosis/setup-steps-okta.ts';
import { checklistOf, withStates } from './checklist-sample.ts';

const fresh = checklistOf('okta', oktaSetup.steps);

describe('the next step', () => {
  test('is the first that is not done', () => {
    expect(nextStep(fresh.steps)?.id).toBe('app');
    expect(nextStep(withStates(fresh, { app: 'done' }).steps)?.id).toBe('scim-on');
  });

  test('is a problem before anything else', () => {
    expect(nextStep(withStates(fresh, { assign: 'problem' }).steps)?.id).toBe('assign');
  });

  test('is none when all are done', () => {
    const all = Object.fromEntries(fresh.steps.map(({ id }) => [id, 'done' as const]));
    expect(nextStep(withStates(fresh, all).steps)).toBeUndefined();
  });
});

describe('the open step', () => {
  const begun = withStates(fresh, { app: 'done', 'scim-on': 'done' });

  test('is the next one as long as nobody chose, and none when somebody closed it', () => {
    expect(openStep(begun.steps, undefined)?.id).toBe('username-format');
    expect(openStep(begun.steps, { stepId: null })).toBeUndefined();
  });

  test('gives way to the work that is left when it has become done', () => {
    const later = withStates(begun, { credentials: 'done' });
    expect(choiceAfter({ stepId: 'credentials' }, begun, later)).toBeUndefined();
    expect(choiceAfter({ stepId: 'assign' }, begun, later)).toEqual({ stepId: 'assign' });
  });

  test('stays when it was done before somebody opened it', () => {
    expect(choiceAfter({ stepId: 'app' }, begun, begun)).toEqual({ stepId: 'app' });
  });

  test('stays when it is the test person, whoever opened it', () => {
    const rest = Object.fromEntries(fresh.steps.map(({ id }) => [id, 'done' as const]));
    const last = withStates(fresh, { ...rest, 'test-person': 'in_progress' });
    expect(choiceAfter(undefined, last, withStates(fresh, rest))).toEqual({ stepId: 'test-person' });
  });
});

describe('what is read aloud', () => {
  test('is nothing while nothing changes, and nothing for another connection', () => {
    expect(spokenChanges(fresh, fresh)).toBe('');
    expect(spokenChanges({ ...fresh, connectionId: 'c2' }, withStates(fresh, { app: 'done' }))).toBe('');
  });

  test('is each step that changed, with what became of it', () => {
    const later = withStates(fresh, { app: 'done', assign: 'problem', 'push-groups': 'in_progress' });
    expect(spokenChanges(fresh, later)).toBe(
      'Create the app in Okta: done. Assign people: has a problem. Push groups by name: under way.',
    );
    expect(spokenChanges(later, fresh)).toContain('Create the app in Okta: no longer done.');
  });

  test('is how far a step has come', () => {
    const [of1, of2] = [1, 2].map((done) => ({
      ...fresh,
      steps: fresh.steps.map((step) =>
        step.id === 'actions' ? { ...step, progress: { done, of: 3 } } : step,
      ),
    }));
    expect(of1 && of2 && spokenChanges(of1, of2)).toBe('Turn on create, update, deactivate: 2 of 3.');
  });
});

test('a new connection gets a name that no other one has', () => {
  expect(freeName('okta', [])).toBe('Okta');
  expect(freeName('okta', ['Okta', 'Entra ID'])).toBe('Okta 2');
  expect(freeName('entra', ['Entra ID', 'Entra ID 2'])).toBe('Entra ID 3');
});

test('Entra’s address carries the flag that keeps it to the standard', () => {
  expect(addressToPaste('entra', 'https://r.example/c/1/scim/v2')).toBe(
    'https://r.example/c/1/scim/v2?aadOptscim062020',
  );
  expect(addressToPaste('okta', 'https://r.example/c/1/scim/v2')).toBe('https://r.example/c/1/scim/v2');
});

test('an attribute of a schema is shown by its own name', () => {
  expect(shortAttribute('urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department')).toBe(
    'department',
  );
  expect(shortAttribute('name.givenName')).toBe('name.givenName');
});
