// Everybody in the directory: the list with its search, tabs and filters, what is done with those selected, and one of
// them beside it. Knows how these fit together; each of them stands in a file of its own.
import { Button } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconBookmark, IconFilter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { firstDrawing } from '../lib/first-drawing.ts';
import { afterDrawing, later } from '../lib/later.ts';
import { SearchField } from '../parts/search-field.tsx';
import { useEscape } from '../parts/use-escape.ts';
import { ExportButton } from './export-button.tsx';
import { FilterChips } from './filter-chips.tsx';
import { focusList } from './focus-return.ts';
import { ImportButton } from './import-button.tsx';
import { useKept } from './kept-value.ts';
import { LaterTool } from './later-tool.tsx';
import { nobody, type Picked, type Selection } from './member-selection.ts';
import { attributesOf, knownColumns } from './people-columns.ts';
import { type People, usePeople } from './people-pages.ts';
import {
  furtherFilters,
  type PeopleQuery,
  paramsOf,
  peopleQueryOf,
  withAttributes,
  withFilter,
} from './people-query.ts';
import { PeopleState } from './people-state.tsx';
import { PeopleTable } from './people-table.tsx';
import classes from './people-view.module.css';
import { useRoute } from './route.ts';
import { StatusTabs } from './status-tabs.tsx';

const BulkActions = later(async () => (await import('./bulk-actions.tsx')).BulkActions);
const InviteDialog = later(async () => (await import('../people/invite-dialog.tsx')).InviteDialog);
const loadDrawer = async () => (await import('./member-drawer.tsx')).MemberDrawer;
const MemberDrawer = later(loadDrawer);
const PeopleFilters = afterDrawing(async () => (await import('./people-filters.tsx')).PeopleFilters);
const SaveView = afterDrawing(async () => (await import('./save-view.tsx')).SaveView);
const ViewMenu = afterDrawing(async () => (await import('./view-menu.tsx')).ViewMenu);

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

/** The address follows the search field after so many milliseconds without a key. */
const typingPause = 150;

export function PeopleView() {
  const route = useRoute();
  const { member, ...params } = route.params;
  const address = JSON.stringify(params);
  const [kept, keepColumns] = useKept('columns');
  const chosen = useMemo(() => knownColumns(kept), [kept]);
  const query = useMemo(
    () => withAttributes(peopleQueryOf(JSON.parse(address) as Record<string, string>), attributesOf(chosen)),
    [address, chosen],
  );
  const people = usePeople(query);
  const filter = JSON.stringify(query.filter);
  const [selected, setSelected] = useState({ filter, selection: nobody });
  const selection = selected.filter === filter ? selected.selection : nobody;
  const setSelection = (next: Selection) => setSelected({ filter, selection: next });
  const isPastRows = usePastRows(people);
  const [isInviting, setInviting] = useState(false);
  const [toNudge, setToNudge] = useState<readonly Picked[]>();
  const connectionName = useConnectionNames();

  const show = (next: PeopleQuery) => route.replace({ ...paramsOf(next), member });
  const open = (id: string | undefined) => {
    route.replace({ ...paramsOf(query), member: id });
    if (id === undefined) focusList();
  };
  useEscape(() => {
    if (member !== undefined) open(undefined);
    else if (selection !== nobody) setSelection(nobody);
  });

  return (
    <div className={classes.people}>
      <div className={classes.list}>
        <header className={classes.header}>
          <h1 className={classes.title}>People</h1>
          <div className={classes.tools}>
            <PeopleSearch query={query} onChange={show} />
            <ImportButton />
            <ExportButton query={query} />
            <Button onClick={() => setInviting(true)}>Invite people</Button>
          </div>
        </header>
        <div className={classes.bar}>
          <StatusTabs query={query} />
          <div className={classes.tools}>
            {address !== '{}' && (
              <LaterTool icon={<IconBookmark {...icon} />} label="Save view">
                {(button) => <SaveView query={query} {...button} />}
              </LaterTool>
            )}
            <LaterTool icon={<IconFilter {...icon} />} label={filterWords(query)}>
              {(button) => <PeopleFilters query={query} onChange={show} {...button} />}
            </LaterTool>
            <LaterTool icon={<IconAdjustmentsHorizontal {...icon} />} label="View">
              {(button) => (
                <ViewMenu query={query} onSort={show} chosen={chosen} onChoose={keepColumns} {...button} />
              )}
            </LaterTool>
          </div>
        </div>
        <FilterChips
          className={classes.narrowed ?? ''}
          query={query}
          connectionName={connectionName}
          onChange={show}
        />
        <p className={classes.found} role="status">
          {foundWords(people.total, people.isComing)}
        </p>
        <PeopleState people={people} onClear={() => route.replace({})} onInvite={() => setInviting(true)}>
          <PeopleTable
            people={people}
            selection={selection}
            onSelect={setSelection}
            openId={member}
            onOpen={open}
            onNudge={(row) =>
              setToNudge(
                selection.kind === 'some' && selection.people.size > 0
                  ? [...selection.people.values()].filter(({ status }) => status === 'invited')
                  : [row].filter(({ status }) => status === 'invited'),
              )
            }
            onSort={show}
            chosen={chosen}
            connectionName={connectionName}
          />
        </PeopleState>
        {isPastRows && (
          <Suspense>
            <BulkActions
              selection={selection}
              query={query}
              matching={people.isComing ? null : people.total}
              onSelect={setSelection}
              toNudge={toNudge}
              onNudge={setToNudge}
            />
          </Suspense>
        )}
      </div>
      {member !== undefined && (
        <Suspense>
          <MemberDrawer
            key={member}
            memberId={member}
            onClose={() => open(undefined)}
            onOpen={open}
            onNudge={(person) => setToNudge([person])}
          />
        </Suspense>
      )}
      {(isPastRows || isInviting) && (
        <Suspense>
          <InviteDialog opened={isInviting} onClose={() => setInviting(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Whether the first rows have been drawn once, so that what they do not need may be loaded. */
function usePastRows({ hasRows }: People): boolean {
  const [isPast, setPast] = useState(false);
  useEffect(() => {
    if (!hasRows) return;
    void firstDrawing.then(() => {
      setPast(true);
      void loadDrawer();
    });
  }, [hasRows]);
  return isPast;
}

function filterWords({ filter }: PeopleQuery): string {
  const count = furtherFilters.filter((name) => filter[name] !== undefined).length;
  return count === 0 ? 'Filter' : `Filter (${count})`;
}

/** What stands in the field is ahead of the address while somebody types. */
function PeopleSearch({
  query,
  onChange,
}: {
  readonly query: PeopleQuery;
  readonly onChange: (query: PeopleQuery) => void;
}) {
  const given = query.filter.search ?? '';
  const [typed, setTyped] = useState(given);
  const [sent, setSent] = useState(given);
  const send = useDebouncedCallback((text: string) => {
    setSent(text.trim());
    onChange(withFilter(query, 'search', text.trim()));
  }, typingPause);
  // Somebody went to another address: a saved view, a link, the way back.
  if (given !== sent) {
    setSent(given);
    setTyped(given);
  }
  return (
    <SearchField
      label="Search name, e-mail, department"
      value={typed}
      onChange={(text) => {
        setTyped(text);
        send(text);
      }}
    />
  );
}

function useConnectionNames(): (id: string) => string {
  const connections = useQuery(useTRPC().connections.list.queryOptions());
  const names = useMemo(
    () => new Map(connections.data?.map(({ id, name }) => [id, name])),
    [connections.data],
  );
  return useCallback((id: string) => names.get(id) ?? 'A connection', [names]);
}

function foundWords(total: number | null, isComing: boolean): string {
  if (isComing || total === null) return '';
  return total === 1 ? '1 person' : `${total.toLocaleString()} people`;
}
