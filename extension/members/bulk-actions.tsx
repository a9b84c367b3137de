// From the bar below the list to what comes of it: asks first where it hurts, shows how far it is, and says for whom it
// did not work. Knows the steps between them.
import { useState } from 'react';
import { tellFailure } from '../parts/tell.tsx';
import { NudgeDialog } from '../people/nudge-dialog.tsx';
import { ActionOutcomeDialog } from './action-outcome-dialog.tsx';
import { AskFirstDialog } from './ask-first-dialog.tsx';
import { BulkBar, type BulkWish } from './bulk-bar.tsx';
import { focusList } from './focus-return.ts';
import { type AskedFirst, isAskedFirst } from './member-actions.ts';
import { nobody, type Picked, type Selection, selectedCount } from './member-selection.ts';
import type { PeopleQuery } from './people-query.ts';
import { useMatchingPeople } from './use-matching-people.ts';
import { useMemberAction } from './use-member-action.ts';

export function BulkActions({
  selection,
  query,
  matching,
  onSelect,
  toNudge,
  onNudge,
}: {
  readonly selection: Selection;
  readonly query: PeopleQuery;
  readonly matching: number | null;
  readonly onSelect: (selection: Selection) => void;
  readonly toNudge: readonly Picked[] | undefined;
  readonly onNudge: (people: readonly Picked[] | undefined) => void;
}) {
  const actions = useMemberAction();
  const { read, peopleOf } = useMatchingPeople();
  const [asked, setAsked] = useState<{ readonly kind: AskedFirst; readonly people: readonly Picked[] }>();
  const count = selectedCount(selection, matching);
  const wish = async (wanted: BulkWish) => {
    try {
      const people = await peopleOf(selection, query);
      if (wanted.kind === 'nudge') onNudge(people.filter(({ status }) => status === 'invited'));
      else if (isAskedFirst(wanted.kind)) setAsked({ kind: wanted.kind, people });
      else await actions.run(wanted, people);
    } catch (error) {
      tellFailure(error);
    }
  };
  const confirm = (reason: string) => {
    if (asked === undefined) return;
    const { kind, people } = asked;
    backWith(() => setAsked(undefined))();
    void actions.run(kind === 'block' ? { kind, reason } : { kind }, people);
  };
  const backWith = (close: () => void) => () => {
    close();
    focusList();
  };
  const nudged = toNudge?.map(({ id, name }) => ({ memberId: id, name }));
  const undertaking = actions.current;
  const isOver = undertaking !== undefined && !undertaking.isRunning;
  return (
    <>
      {(count !== 0 || undertaking?.isRunning) && (
        <BulkBar
          selection={selection}
          count={read ?? count}
          matching={matching}
          running={undertaking}
          onDo={(wanted) => void wish(wanted)}
          onStop={actions.stop}
          onSelectMatching={() => onSelect({ kind: 'matching', but: new Set() })}
          onClear={() => {
            onSelect(nobody);
            focusList();
          }}
        />
      )}
      {asked !== undefined && (
        <AskFirstDialog {...asked} onConfirm={confirm} onClose={backWith(() => setAsked(undefined))} />
      )}
      {isOver && (
        <ActionOutcomeDialog
          undertaking={undertaking}
          onGoOn={(left) => void actions.run(undertaking.action, left)}
          onClose={backWith(actions.close)}
        />
      )}
      {nudged !== undefined && (
        <NudgeDialog opened people={nudged} onClose={backWith(() => onNudge(undefined))} />
      )}
    </>
  );
}
