// Inviting by pasting: what is recognised is said while typing, and nothing that was typed is lost. Knows no list of members.
import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { mostInvited } from '../../shared/invitation-terms.ts';
import { type MemberRole, memberRoles } from '../../shared/member.ts';
import { parseAddresses } from '../../shared/parse-addresses.ts';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { useSession } from '../lib/mount-page.tsx';
import { tellFailure } from '../parts/tell.tsx';
import classes from './form.module.css';
import { InviteOutcomes } from './invite-outcomes.tsx';
import { peopleCount } from './nudge-readiness.ts';
import { malformedSentence, offsetOf, recognisedSentence, textToCorrect } from './pasted-words.ts';

/** So many of the faults; they are mended one after the other anyway. */
const longestList = 50;

const roleNames = { owner: 'Owners', admin: 'Admins', member: 'Members' } as const;

export function InviteForm({
  initialText = '',
  onClose,
}: {
  readonly initialText?: string;
  readonly onClose: () => void;
}) {
  const { account } = useSession();
  const [text, setText] = useState(initialText);
  const [role, setRole] = useState<MemberRole>('member');
  const [wanting, setWanting] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const invite = useInvite();
  const settled = useDeferredValue(text);
  const read = useMemo(() => parseAddresses(settled), [settled]);
  const roles = memberRoles.slice(Math.max(0, memberRoles.indexOf(account.member.role as MemberRole)));
  const tooMany = read.entries.length > mostInvited;

  if (invite.data !== undefined) {
    const rest = textToCorrect(invite.data);
    return (
      <InviteOutcomes
        answer={invite.data}
        onClose={onClose}
        {...(rest !== '' && {
          onCorrect: () => {
            setText(rest);
            invite.reset();
          },
        })}
      />
    );
  }
  const error = tooMany
    ? `At most ${mostInvited.toLocaleString()} people can be invited at once. Import the rest as a file.`
    : wanting && read.entries.length === 0 && 'There is no address yet that an invitation could go to.';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setWanting(true);
        if (read.entries.length === 0 || tooMany) field.current?.focus();
        else invite.mutate({ text, role });
      }}
    >
      <div className={classes.body}>
        <Textarea
          ref={field}
          label="E-mail addresses"
          description="Paste a list, a mail’s recipients or a column of a table; names may stand beside them."
          data-autofocus
          autoFocus
          rows={7}
          dir="auto"
          value={text}
          spellCheck={false}
          error={error}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <p role="status" className={classes.recognised}>
          {recognisedSentence(read)}
        </p>
        {read.malformed.length > 0 && (
          <ul className={classes.faults} aria-label="To correct">
            {read.malformed.slice(0, longestList).map((each) => (
              <li key={`${each.line} ${each.column} ${each.text}`}>
                <button
                  type="button"
                  className={classes.fault}
                  onClick={() => {
                    const start = offsetOf(text, each);
                    field.current?.focus();
                    field.current?.setSelectionRange(start, start + each.text.length);
                  }}
                >
                  {malformedSentence(each)}
                </button>
              </li>
            ))}
          </ul>
        )}
        <NativeSelect
          label="They become"
          description="Where a line says a role of its own, that one counts."
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as MemberRole)}
          data={roles.map((value) => ({ value, label: roleNames[value] }))}
        />
      </div>
      <div className={classes.actions}>
        <Button type="submit" loading={invite.isPending}>
          Invite {read.entries.length === 0 ? 'people' : peopleCount(read.entries.length)}
        </Button>
        <Button variant="subtle" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function useInvite() {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (asked: { readonly text: string; readonly role: MemberRole }) =>
      client.invitations.invite.mutate(asked),
    onError: tellFailure,
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries(trpc.invitations.pathFilter()),
        queries.invalidateQueries(trpc.members.pathFilter()),
      ]),
  });
}
