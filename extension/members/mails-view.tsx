// The mails of the org: on their way, sent, failed and why; a failed one is sent again. Knows the filter and the list.
import { Button, SegmentedControl } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTRPC, useTRPCClient } from '../lib/api.ts';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { FilterBar } from '../parts/filter-bar.tsx';
import { LoadOlder } from '../parts/load-older.tsx';
import { pageOf, usePages } from '../parts/pages.ts';
import { QueryState } from '../parts/query-state.tsx';
import { useRights } from '../parts/rights.ts';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell, tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { MailSide } from './mail-side.tsx';
import { type ListedMail, type MailState, mailKind, mailStates } from './mail-words.ts';
import { useRoute } from './route.ts';

const pageSize = 50;
const filters = ['all', 'waiting', 'dead', 'sent', 'dropped'] as const;

export function MailsView() {
  const { params, replace } = useRoute();
  const client = useTRPCClient();
  const state = filters.find((filter) => filter === params.state && filter !== 'all') as
    | MailState
    | undefined;
  const pages = usePages(['mail', 'list'], { state }, async (before: number | undefined, signal) => {
    const query = {
      limit: pageSize + 1,
      ...(state && { state }),
      ...(before !== undefined && { before }),
    };
    return pageOf(await client.mail.list.query(query, { signal }), pageSize, ({ seq }) => seq);
  });
  const opened = pages.data?.find(({ id }) => id === params.mail);
  const close = () => replace({ ...params, mail: undefined });
  const sendAgain = useSendAgain();
  return (
    <SectionPage
      title="Mail"
      lead="Invitations, reminders and sign-in links that left from here, the newest first."
      {...(opened && {
        aside: <MailSide mail={opened} onClose={close} onSendAgain={sendAgain} />,
        onCloseAside: close,
      })}
    >
      <FilterBar>
        <SegmentedControl
          aria-label="Which mails"
          value={state ?? 'all'}
          onChange={(chosen) => replace({ state: chosen === 'all' ? undefined : chosen })}
          data={filters.map((filter) => ({
            value: filter,
            label: filter === 'all' ? 'All' : mailStates[filter].word,
          }))}
        />
      </FilterBar>
      <QueryState query={pages}>
        {(mails) =>
          mails.length === 0 ? (
            <StateScreen icon={<IconMail size={28} stroke={1.5} />} title={emptyTitle(state)}>
              {state === undefined
                ? 'Invite somebody, and the invitation stands here with what became of it.'
                : 'Choose another state to see other mails.'}
            </StateScreen>
          ) : (
            <>
              <DataTable
                label="Mails"
                columns={columnsOf(sendAgain)}
                rows={mails}
                keyOf={({ id }) => id}
                openKey={params.mail ?? null}
                onOpen={({ id }) => replace({ ...params, mail: id === params.mail ? undefined : id })}
              />
              <LoadOlder pages={pages} />
            </>
          )
        }
      </QueryState>
    </SectionPage>
  );
}

function emptyTitle(state: MailState | undefined): string {
  if (state === undefined) return 'No mail has left yet';
  return state === 'dead' ? 'No mail has failed' : 'No mail in this state';
}

/** Sends a failed mail once more; undefined for those who may not. */
function useSendAgain(): ((mail: ListedMail) => void) | undefined {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const may = useRights();
  const resend = useMutation(
    trpc.mail.resend.mutationOptions({
      onSuccess: () => tell('The mail is on its way again.'),
      onError: tellFailure,
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.mail.pathKey() }),
    }),
  );
  return may('see and send mail again') ? ({ id }) => resend.mutate({ mailId: id }) : undefined;
}

function columnsOf(sendAgain: ((mail: ListedMail) => void) | undefined): readonly Column<ListedMail>[] {
  return [
    { title: 'To', strong: true, cut: true, cell: ({ recipient }) => recipient },
    { title: 'What', width: '168px', cell: ({ kind }) => mailKind(kind) },
    {
      title: 'State',
      width: '112px',
      cell: ({ state }) => (
        <StatusMark tone={mailStates[state].tone} pill>
          {mailStates[state].word}
        </StatusMark>
      ),
    },
    { title: 'Why', cut: true, cell: ({ state, last_error }) => (state === 'sent' ? '' : last_error) },
    { title: 'Written', width: '104px', cell: ({ created_at }) => <TimeAgo at={created_at} /> },
    {
      title: 'Actions',
      width: '112px',
      cell: (mail) =>
        mail.state === 'dead' &&
        sendAgain && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Send again to ${mail.recipient}`}
            onClick={() => sendAgain(mail)}
          >
            Send again
          </Button>
        ),
    },
  ];
}
