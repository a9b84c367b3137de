// Makes a reader client or changes one: what it may see, and of whom. The token of a new one is handed over once. Knows two
// commands.
import { CloseButton, NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReadableAttribute, Reader } from '../../shared/reader.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { QueryState } from '../parts/query-state.tsx';
import { SecretDialog } from '../parts/secret-dialog.tsx';
import { tell } from '../parts/tell.tsx';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';
import { type ChoiceGroup, ChoiceGroups } from './choice-groups.tsx';
import { GroupAdder } from './group-adder.tsx';
import classes from './reader-dialog.module.css';
import { readerStart } from './reader-words.ts';

type Draft = ReturnType<typeof readerStart>;

export function ReaderDialog({
  reader,
  onClose,
}: {
  /** The one to change; a new one without it. */
  readonly reader?: Reader;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const attributes = useQuery(trpc.readers.attributes.queryOptions());
  const [draft, setDraft] = useState<Draft>(() => readerStart(reader));
  const [isTouched, setTouched] = useState(false);
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.readers.pathKey() });
  const create = useMutation(trpc.readers.create.mutationOptions({ onSuccess: refresh }));
  const change = useMutation(
    trpc.readers.change.mutationOptions({
      onSuccess: async () => {
        await refresh();
        onClose();
        tell(`${draft.name.trim()} sees what you chose from the next request on.`);
      },
    }),
  );
  const faults = {
    name: draft.name.trim() === '' && 'Give it a name, such as that of the program.',
    attributes:
      draft.userAttributes.size + draft.groupAttributes.size === 0 && 'Choose at least one attribute.',
    groups: draft.groups?.length === 0 && 'Add at least one group.',
  };
  const error = (fault: string | false | undefined) => isTouched && (fault ?? false);
  const submit = () => {
    setTouched(true);
    if (Object.values(faults).some(Boolean)) return;
    const values = {
      name: draft.name.trim(),
      userAttributes: [...draft.userAttributes],
      groupAttributes: [...draft.groupAttributes],
      groupIds: draft.groups?.map(({ groupId }) => groupId) ?? null,
    };
    if (reader === undefined) create.mutate({ ...values, tokenDays: daysOf(draft.lifetime) });
    else change.mutate({ readerId: reader.id, ...values });
  };
  return (
    <SecretDialog
      title={reader === undefined ? 'New reader client' : `Change ${reader.name}`}
      made={
        create.data && {
          title: `Paste the token at ${draft.name.trim()}`,
          secret: create.data.token,
          what: 'the reader’s token',
          label: 'Copy token',
          about: 'Its base URL stays in sight.',
          lost: 'The token was not copied. Make another one and revoke that.',
        }
      }
      onClose={onClose}
    >
      {(leave) => (
        <DialogForm
          verb={reader === undefined ? 'Make reader' : 'Save reader'}
          isPending={create.isPending || change.isPending}
          error={create.error ?? change.error}
          onSubmit={submit}
          onCancel={leave}
        >
          <TextInput
            label="Name"
            value={draft.name}
            maxLength={80}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            error={error(faults.name)}
            data-autofocus
          />
          <QueryState query={attributes} rows={3}>
            {(all) => (
              <ChoiceGroups
                label="It may see"
                groups={attributeGroups(all)}
                chosen={new Set([...prefixed('User', draft), ...prefixed('Group', draft)])}
                onChoose={(chosen) =>
                  set({ userAttributes: pathsOf('User', chosen), groupAttributes: pathsOf('Group', chosen) })
                }
                error={error(faults.attributes)}
              />
            )}
          </QueryState>
          <NativeSelect
            label="Of"
            data={[
              { value: 'all', label: 'Everybody and every group' },
              { value: 'some', label: 'The people of some groups, and these groups' },
            ]}
            value={draft.groups === null ? 'all' : 'some'}
            onChange={({ currentTarget }) => set({ groups: currentTarget.value === 'all' ? null : [] })}
          />
          {draft.groups !== null && (
            <div>
              <ul className={classes.groups} aria-label="Groups it may see">
                {draft.groups.map(({ groupId, groupName }) => (
                  <li key={groupId} className={classes.group}>
                    {groupName}
                    <CloseButton
                      aria-label={`Take ${groupName} away`}
                      onClick={() =>
                        set({ groups: draft.groups?.filter((one) => one.groupId !== groupId) ?? null })
                      }
                    />
                  </li>
                ))}
              </ul>
              <GroupAdder
                taken={draft.groups.map(({ groupId }) => groupId)}
                onAdd={(group) => set({ groups: [...(draft.groups ?? []), group] })}
              />
              {error(faults.groups) && (
                <p className={classes.error} role="alert">
                  {faults.groups}
                </p>
              )}
            </div>
          )}
          {reader === undefined && (
            <NativeSelect
              label="Its token works for"
              data={tokenLifetimes}
              value={draft.lifetime}
              onChange={({ currentTarget }) => set({ lifetime: currentTarget.value })}
            />
          )}
        </DialogForm>
      )}
    </SecretDialog>
  );
}

const typeNames: Readonly<Record<ReadableAttribute['type'], string>> = { User: 'People', Group: 'Groups' };

function attributeGroups(all: readonly ReadableAttribute[]): readonly ChoiceGroup[] {
  return (['User', 'Group'] as const).map((type) => ({
    name: typeNames[type],
    choices: all
      .filter((attribute) => attribute.type === type)
      .map(({ path, description }) => ({ id: `${type} ${path}`, label: path, about: description })),
  }));
}

function prefixed(type: ReadableAttribute['type'], draft: Draft): readonly string[] {
  const paths = type === 'User' ? draft.userAttributes : draft.groupAttributes;
  return [...paths].map((path) => `${type} ${path}`);
}

function pathsOf(type: ReadableAttribute['type'], chosen: ReadonlySet<string>): ReadonlySet<string> {
  const mine = [...chosen].filter((id) => id.startsWith(`${type} `));
  return new Set(mine.map((id) => id.slice(type.length + 1)));
}
