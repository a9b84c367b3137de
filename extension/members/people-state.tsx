// What stands in the place of the list while there is none: on its way, failed, or nobody met. Knows these states.
import { Button } from '@mantine/core';
import { IconCloudOff, IconUserSearch, IconUsersPlus } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { failureOf } from '../lib/api.ts';
import { SlowSkeleton } from '../parts/slow-skeleton.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import type { People } from './people-pages.ts';
import { isEverybody } from './people-query.ts';

export function PeopleState({
  people,
  onClear,
  onInvite,
  children,
}: {
  readonly people: People;
  readonly onClear: () => void;
  readonly onInvite: () => void;
  readonly children: ReactNode;
}) {
  const { error, isComing, total, query, hasRows, refetch } = people;
  if (!hasRows && error != null)
    return (
      <StateScreen
        icon={<IconCloudOff size={28} stroke={1.5} />}
        title="The list could not be loaded"
        action={
          <Button variant="default" onClick={() => void refetch()}>
            Try again
          </Button>
        }
      >
        {failureOf(error).message}
      </StateScreen>
    );
  if (!hasRows && isComing) return <SlowSkeleton rows={10} height={40} />;
  if (total !== 0) return children;
  if (isEverybody(query.filter) && query.filter.status === undefined)
    return (
      <StateScreen
        icon={<IconUsersPlus size={28} stroke={1.5} />}
        title="Nobody is here yet"
        action={<Button onClick={onInvite}>Invite people</Button>}
      >
        People appear as soon as a connection sends them or you invite them.
      </StateScreen>
    );
  return (
    <StateScreen
      icon={<IconUserSearch size={28} stroke={1.5} />}
      title="Nobody matches"
      action={
        <Button variant="default" onClick={onClear}>
          Show everybody
        </Button>
      }
    >
      {query.filter.search === undefined
        ? 'Nobody meets all of these filters at the moment.'
        : `Nobody has “${query.filter.search}” at the beginning of a name, an address or the department.`}
    </StateScreen>
  );
}
