// The attributes of people that the org defines itself: the table, and adding, changing, removing and putting back. Knows
// the list and the commands.
import { Button } from '@mantine/core';
import { IconListDetails, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CustomAttribute } from '../../shared/custom-attributes.ts';
import { useTRPC } from '../lib/api.ts';
import { CopyLine } from '../parts/copy-line.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { ReadOnlyNote } from '../parts/read-only-note.tsx';
import { useRights } from '../parts/rights.ts';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { tell, tellFailure } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import { AttributeDialog } from './attribute-dialog.tsx';
import { AttributeRemoveDialog } from './attribute-remove-dialog.tsx';
import { attributeShape } from './attribute-words.ts';
import classes from './connection-card.module.css';

type Open = { readonly what: 'add' | 'change' | 'remove'; readonly attribute?: CustomAttribute };

export function AttributesView() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const readOnly = !useRights()('change custom attributes');
  const [open, setOpen] = useState<Open | null>(null);
  const query = useQuery(trpc.attributes.get.queryOptions());
  const putBack = useMutation(
    trpc.attributes.save.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.attributes.pathKey() });
        tell('The attribute is back, with its values.');
      },
      onError: tellFailure,
    }),
  );
  const close = () => setOpen(null);
  const add = !readOnly && (
    <Button
      leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
      onClick={() => setOpen({ what: 'add' })}
    >
      New attribute
    </Button>
  );
  const columns: readonly Column<CustomAttribute>[] = [
    { title: 'Name', width: '26%', cell: ({ name }) => <code className={classes.code}>{name}</code> },
    { title: 'Shape', cell: attributeShape },
    { title: 'What it is for', cell: ({ description }) => description },
    ...(readOnly
      ? []
      : [
          {
            title: 'Actions',
            width: '176px',
            cell: (attribute: CustomAttribute) => (
              <>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Change ${attribute.name}`}
                  onClick={() => setOpen({ what: 'change', attribute })}
                >
                  Change
                </Button>{' '}
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={`Remove ${attribute.name}`}
                  onClick={() => setOpen({ what: 'remove', attribute })}
                >
                  Remove
                </Button>
              </>
            ),
          },
        ]),
  ];
  const { data } = query;
  return (
    <SectionPage
      title="Custom attributes"
      lead="What your company knows of its people beyond the standard: sent by the identity provider, checked here."
      {...(data !== undefined && data.attributes.length > 0 && { actions: add })}
      narrow
    >
      <ReadOnlyNote right="change custom attributes" />
      <QueryState query={query} rows={4}>
        {({ urn, version, attributes, removed }) => (
          <div className={classes.list}>
            {attributes.length === 0 ? (
              <StateScreen
                icon={<IconListDetails size={28} stroke={1.5} />}
                title="No attribute of your own"
                action={add}
              >
                Define one, then map it in the identity provider under the name of its schema.
              </StateScreen>
            ) : (
              <>
                <CopyLine label="Schema, before each name in the mapping" text={urn} what="schema" />
                <DataTable
                  label="Custom attributes"
                  columns={columns}
                  rows={attributes}
                  keyOf={({ name }) => name}
                />
              </>
            )}
            {removed.map(({ attribute: { name }, eraseAt }) => (
              <p key={name}>
                <code className={classes.code}>{name}</code> is removed; its values are erased{' '}
                <TimeAgo at={eraseAt} />.{' '}
                {!readOnly && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={`Put ${name} back`}
                    onClick={() => putBack.mutate({ version, step: { kind: 'put-back', name } })}
                  >
                    Put back
                  </Button>
                )}
              </p>
            ))}
          </div>
        )}
      </QueryState>
      {data && open?.what === 'remove' && open.attribute && (
        <AttributeRemoveDialog name={open.attribute.name} version={data.version} onClose={close} />
      )}
      {data && open && open.what !== 'remove' && (
        <AttributeDialog
          {...(open.attribute && { attribute: open.attribute })}
          version={data.version}
          onClose={close}
        />
      )}
    </SectionPage>
  );
}
