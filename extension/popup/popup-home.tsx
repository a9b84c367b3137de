// The popup's lists under their tabs. Knows which tab is open, who is selected and what the keys do.
import { ActionIcon, Tabs, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTRPC } from '../lib/api.ts';
import { HoldBanner } from './hold-banner.tsx';
import { NotInvitedTab } from './not-invited-tab.tsx';
import { PendingTab } from './pending-tab.tsx';
import { PopupHeader } from './popup-header.tsx';
import classes from './popup-home.module.css';
import { SyncTab } from './sync-tab.tsx';
import { useKeys } from './use-keys.ts';
import { useList } from './use-list.ts';
import { type PendingPerson, useNotInvited, usePending } from './waiting-people.ts';

type Tab = 'pending' | 'notInvited' | 'sync';

export function PopupHome({
  isCovered,
  onNudge,
  onInvite,
}: {
  /** Whether a form stands above it. */
  readonly isCovered: boolean;
  /** `onNudged` is for when the mails are on their way. */
  readonly onNudge: (people: readonly PendingPerson[], onNudged: () => void) => void;
  readonly onInvite: () => void;
}) {
  const trpc = useTRPC();
  const [tab, setTab] = useState<Tab>('pending');
  const [search, setSearch] = useState<string>();
  const box = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const sync = useQuery(trpc.sync.status.queryOptions());
  const members = useQuery(trpc.members.counts.queryOptions()).data;
  const counts = members?.byStatus;
  const pending = useList(usePending(), search ?? '');
  const notInvited = useList(useNotInvited(), search ?? '');
  const list = tab === 'pending' ? pending : notInvited;
  const totals = {
    pending: counts?.invited ?? pending.pages.people?.length,
    notInvited: counts?.not_invited ?? notInvited.pages.people?.length,
  };

  const showSearch = () => {
    // At once, because the next key may be here before the next frame, and a letter means something to the list too.
    flushSync(() => setSearch((text) => text ?? ''));
    field.current?.focus();
  };
  const closeSearch = () => {
    setSearch(undefined);
    box.current?.focus();
  };
  const nudge = () => {
    const standing = pending.shown?.find(({ memberId }) => memberId === pending.selection.active);
    const people = pending.chosen.length > 0 ? pending.chosen : standing ? [standing] : [];
    if (people.length > 0) onNudge(people, () => pending.act({ kind: 'none' }));
  };
  useKeys(!isCovered && tab !== 'sync', {
    a: () => void list.selectAll(),
    n: () => tab === 'pending' && nudge(),
    '/': showSearch,
    ArrowDown: () => box.current?.focus(),
    ...(list.chosen.length > 0 && { Escape: () => list.act({ kind: 'none' }) }),
  });

  return (
    <div className={classes.home} inert={isCovered}>
      <PopupHeader sync={sync.data} onShowSync={() => setTab('sync')} />
      <HoldBanner />
      <Tabs
        value={tab}
        onChange={(value) => setTab(value as Tab)}
        keepMounted={false}
        classNames={{ root: classes.tabs, panel: classes.panel, tab: classes.tab }}
      >
        <div className={classes.bar}>
          <Tabs.List className={classes.list}>
            <Tabs.Tab value="pending">
              Pending <Count of={totals.pending} />
            </Tabs.Tab>
            <Tabs.Tab value="notInvited">
              Not invited <Count of={totals.notInvited} />
            </Tabs.Tab>
            <Tabs.Tab value="sync">Sync</Tabs.Tab>
          </Tabs.List>
          {tab !== 'sync' && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Search this list"
              title="Search this list ( / )"
              aria-expanded={search !== undefined}
              onClick={() => (search === undefined ? showSearch() : closeSearch())}
            >
              <IconSearch size={16} stroke={1.5} aria-hidden="true" />
            </ActionIcon>
          )}
        </div>
        {search !== undefined && tab !== 'sync' && (
          <TextInput
            ref={field}
            className={classes.search}
            type="search"
            aria-label="Search this list"
            placeholder="Name or address"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') closeSearch();
              else if (event.key === 'ArrowDown') box.current?.focus();
              else return;
              event.preventDefault();
            }}
          />
        )}
        <Tabs.Panel value="pending">
          <PendingTab
            list={pending}
            total={totals.pending ?? 0}
            isNew={members?.total === 1}
            box={box}
            onNudge={nudge}
            onInvite={onInvite}
          />
        </Tabs.Panel>
        <Tabs.Panel value="notInvited">
          <NotInvitedTab list={notInvited} total={totals.notInvited ?? 0} box={box} onInvite={onInvite} />
        </Tabs.Panel>
        <Tabs.Panel value="sync">
          <SyncTab query={sync} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

function Count({ of }: { readonly of: number | undefined }) {
  return <span className={classes.count}>{of?.toLocaleString()}</span>;
}
