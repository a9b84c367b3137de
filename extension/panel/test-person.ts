// Which of the four requests about a test person have come since the test began. Pure; it knows records, no screen.

export interface SeenRequest {
  readonly seq: number;
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly outcome: string;
  readonly subjectId: string | null;
}

/** What is tried, in its order, and how it is done in each console. */
export const tries = [
  {
    id: 'create',
    outcomes: ['created', 'adopted', 'restored'],
    okta: 'Assign the app to a test person.',
    entra: 'Provision a test person on demand.',
    other: 'Send a test person.',
  },
  {
    id: 'rename',
    outcomes: ['updated'],
    okta: 'Change their first name in Okta.',
    entra: 'Change their display name, then provision them again.',
    other: 'Change their name.',
  },
  {
    id: 'deactivate',
    outcomes: ['deactivated'],
    okta: 'Take the assignment away.',
    entra: 'Disable their account, then provision them again.',
    other: 'Deactivate them.',
  },
  {
    id: 'bring-back',
    outcomes: ['reactivated', 'restored'],
    okta: 'Assign them again.',
    entra: 'Enable their account, then provision them again.',
    other: 'Bring them back.',
  },
] as const;

/**
 * For each try the request that did it, of the newest person who was created; `records` come newest first, `after` is
 * the place of the last record from before the test.
 */
export function testedBy(
  records: readonly SeenRequest[],
  after: number,
): readonly (SeenRequest | undefined)[] {
  const since = records.filter(({ seq, path }) => seq > after && /\/users/i.test(path)).toReversed();
  const [first, ...later] = tries;
  const began = since.find(({ outcome }) => outcomesOf(first).includes(outcome));
  if (began === undefined) return tries.map(() => undefined);
  const theirs = since.filter(({ seq, subjectId }) => seq > began.seq && subjectId === began.subjectId);
  return [began, ...later.map((one) => theirs.find(({ outcome }) => outcomesOf(one).includes(outcome)))];
}

function outcomesOf({ outcomes }: { readonly outcomes: readonly string[] }): readonly string[] {
  return outcomes;
}
