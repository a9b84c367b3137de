// Writing a nudge: whom it reaches, the admin's own words, how the mail will look, and what became of it person by person.
// Knows no list; whoever shows it says whom it is about.
import { Button, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Nudged } from '../../shared/invitation.ts';
import { longestNudge } from '../../shared/invitation-terms.ts';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { useSession } from '../lib/mount-page.tsx';
import { useNow } from '../lib/now.ts';
import { tellFailure } from '../parts/tell.tsx';
import classes from './form.module.css';
import { NudgeOutcomes } from './nudge-outcomes.tsx';
import { NudgePreview } from './nudge-preview.tsx';
import { type NudgePerson, namesOf, peopleCount, readinessOf } from './nudge-readiness.ts';
import { nudgeTemplates, withTemplate } from './nudge-templates.ts';

/** So many people a request; the server takes no more. */
const slice = 1000;

export function NudgeForm({
  people,
  onClose,
  onNudged,
}: {
  readonly people: readonly NudgePerson[];
  readonly onClose: () => void;
  /** Once the mails are on their way. */
  readonly onNudged?: () => void;
}) {
  const { account } = useSession();
  const now = useNow();
  const [message, setMessage] = useState('');
  const nudge = useNudge(onNudged);
  const { reached, left } = useMemo(() => part(people, now), [people, now]);
  const templates = useMemo(() => nudgeTemplates(account.org.name, now), [account.org.name, now]);
  const [first] = reached;

  if (nudge.data !== undefined)
    return <NudgeOutcomes people={people} nudged={nudge.data} left={left} onClose={onClose} />;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        nudge.mutate({ people: reached, message });
      }}
    >
      <div className={classes.body}>
        <p className={classes.lead}>
          {first === undefined
            ? 'Nobody of these can be nudged now.'
            : `${namesOf(reached)} ${reached.length === 1 ? 'gets' : 'get'} a mail with the way in.`}
        </p>
        {left.length > 0 && <LeftOut sentences={left} />}
        {first !== undefined && (
          <>
            <Textarea
              label="Your own words"
              description="Optional. They stand in the mail under your name."
              data-autofocus
              autoFocus
              rows={4}
              maxLength={longestNudge}
              value={message}
              onChange={(event) => setMessage(event.currentTarget.value)}
            />
            <fieldset className={classes.templates}>
              <legend className={classes.hidden}>Begin with</legend>
              {templates.map((template) => (
                <Button
                  key={template.title}
                  variant="default"
                  size="compact-sm"
                  onClick={() => setMessage(withTemplate(message, template, templates))}
                >
                  {template.title}
                </Button>
              ))}
            </fieldset>
            <NudgePreview memberId={first.memberId} name={first.name} message={message} />
          </>
        )}
      </div>
      <div className={classes.actions}>
        {first !== undefined && (
          <Button type="submit" loading={nudge.isPending}>
            Nudge {peopleCount(reached.length)}
          </Button>
        )}
        <Button variant="subtle" onClick={onClose}>
          {first === undefined ? 'Go back' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}

/** Those who get no mail now: a few in full, many folded. */
function LeftOut({ sentences }: { readonly sentences: readonly string[] }) {
  const list = (
    <ul className={classes.notes}>
      {sentences.slice(0, 100).map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  );
  if (sentences.length <= 3) return list;
  return (
    <details>
      <summary className={classes.summary}>{peopleCount(sentences.length)} cannot be nudged now</summary>
      {list}
    </details>
  );
}

function part(people: readonly NudgePerson[], now: number) {
  const told = people.map((person) => ({ person, ...readinessOf(person, now) }));
  return {
    reached: told.filter(({ when }) => when === 'now').map(({ person }) => person),
    left: told.filter(({ when }) => when !== 'now').map(({ sentence }) => sentence),
  };
}

function useNudge(onNudged: (() => void) | undefined) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  return useMutation({
    async mutationFn(asked: { readonly people: readonly NudgePerson[]; readonly message: string }) {
      const ids = asked.people.map(({ memberId }) => memberId);
      const nudged: Nudged[] = [];
      for (let at = 0; at < ids.length; at += slice) {
        const memberIds = ids.slice(at, at + slice);
        nudged.push(...(await client.invitations.nudge.mutate({ memberIds, message: asked.message })));
      }
      return nudged;
    },
    onSuccess: () => onNudged?.(),
    onError: tellFailure,
    onSettled: () => queries.invalidateQueries(trpc.invitations.pathFilter()),
  });
}
