// The company's other applications that may look into the directory. Knows the list and where a new one is made.
import { Button } from '@mantine/core';
import { IconEye, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import classes from './connection-card.module.css';
import { ReaderCard } from './reader-card.tsx';
import { ReaderDialog } from './reader-dialog.tsx';

export function ReadersView() {
  const trpc = useTRPC();
  const readOnly = !useRights()('change machine clients');
  const [isMaking, setMaking] = useState(false);
  const readers = useQuery(trpc.readers.list.queryOptions());
  const make = !readOnly && (
    <Button
      leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
      onClick={() => setMaking(true)}
    >
      New reader
    </Button>
  );
  return (
    <SectionPage
      title="Reader clients"
      lead="Your company’s other applications may read the directory by SCIM: what you choose, and nothing else."
      {...(readers.data !== undefined && readers.data.length > 0 && { actions: make })}
      narrow
    >
      <ReadOnlyNote right="change machine clients" />
      <QueryState query={readers} rows={3} height={96}>
        {(all) =>
          all.length === 0 ? (
            <StateScreen
              icon={<IconEye size={28} stroke={1.5} />}
              title="No application reads along"
              action={make}
            >
              Choose what an application may see and of whom, and paste its token there.
            </StateScreen>
          ) : (
            <ul className={classes.list}>
              {all.map((reader) => (
                <li key={reader.id}>
                  <ReaderCard reader={reader} readOnly={readOnly} />
                </li>
              ))}
            </ul>
          )
        }
      </QueryState>
      {isMaking && <ReaderDialog onClose={() => setMaking(false)} />}
    </SectionPage>
  );
}
