// Defines an attribute of the org's own or changes one, and says beforehand what that does to the people there are. Knows
// the fields, the preview and the command.
import { Checkbox, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type CustomAttribute,
  customAttributeSchema,
  customAttributeTypes,
} from '../../shared/custom-attributes.ts';
import { useTRPC } from '../lib/api.ts';
import { DialogForm } from '../parts/dialog-form.tsx';
import { StatusMark } from '../parts/status-mark.tsx';
import { tell } from '../parts/tell.tsx';
import { attributeTypeWords } from './attribute-words.ts';

const typingPause = 300;

export function AttributeDialog({
  attribute,
  version,
  onClose,
}: {
  /** The one to change; a new one without it. */
  readonly attribute?: CustomAttribute;
  readonly version: number;
  readonly onClose: () => void;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [draft, setDraft] = useState({
    name: '',
    type: 'string' as CustomAttribute['type'],
    multiValued: false,
    required: false,
    caseExact: false,
    description: '',
    ...attribute,
    values: (attribute?.canonicalValues ?? []).join('\n'),
  });
  const [isTouched, setTouched] = useState(false);
  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const { values, ...rest } = draft;
  const lines = values.split('\n').map((line) => line.trim());
  const read = customAttributeSchema.safeParse({
    ...rest,
    canonicalValues: draft.type === 'string' ? lines.filter((line) => line !== '') : [],
  });
  const kind = attribute === undefined ? ('add' as const) : ('change' as const);
  const fault = (field: keyof CustomAttribute) => {
    const issue = read.error?.issues.find(({ path }) => path[0] === field);
    if (!isTouched || issue === undefined) return false;
    return draft.name === '' && field === 'name' ? 'Give it a name.' : `It ${issue.message}.`;
  };
  const [asked] = useDebouncedValue(read.data, typingPause);
  const preview = useQuery(
    trpc.attributes.preview.queryOptions(asked === undefined ? skipToken : { kind, attribute: asked }, {
      placeholderData: keepPreviousData,
      retry: false,
    }),
  );
  const save = useMutation(
    trpc.attributes.save.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: trpc.attributes.pathKey() });
        onClose();
        tell(attribute === undefined ? `${draft.name} is defined.` : `${draft.name} is changed.`);
      },
    }),
  );
  const told = preview.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={attribute === undefined ? 'New attribute' : `Change ${attribute.name}`}
      centered
    >
      <DialogForm
        verb={attribute === undefined ? 'Define attribute' : 'Save attribute'}
        isPending={save.isPending}
        error={save.error}
        onSubmit={() => {
          setTouched(true);
          if (read.data) save.mutate({ version, step: { kind, attribute: read.data } });
        }}
        onCancel={onClose}
      >
        <TextInput
          label="Name"
          description="As the identity provider sends it; it never changes."
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={draft.name}
          disabled={attribute !== undefined}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          error={fault('name')}
          data-autofocus={attribute === undefined || undefined}
        />
        <NativeSelect
          label="Type"
          data={customAttributeTypes.map((value) => ({ value, label: attributeTypeWords[value] }))}
          value={draft.type}
          onChange={({ currentTarget }) =>
            set({ type: customAttributeTypes.find((type) => type === currentTarget.value) ?? 'string' })
          }
        />
        <TextInput
          label="What it is for"
          value={draft.description}
          maxLength={500}
          onChange={({ currentTarget }) => set({ description: currentTarget.value })}
        />
        <Checkbox
          label="Several values"
          checked={draft.multiValued}
          onChange={({ currentTarget }) => set({ multiValued: currentTarget.checked })}
        />
        <Checkbox
          label="Everybody needs one"
          checked={draft.required}
          onChange={({ currentTarget }) => set({ required: currentTarget.checked })}
        />
        {draft.type === 'string' && (
          <Textarea
            label="The values that there are"
            description="One in a line; leave it empty where any will do."
            rows={3}
            value={draft.values}
            onChange={({ currentTarget }) => set({ values: currentTarget.value })}
            error={fault('canonicalValues')}
          />
        )}
        <p aria-live="polite">
          {told !== undefined && (
            <>
              <StatusMark tone={told.misfits > 0 ? 'attention' : 'ok'}>
                {told.misfits > 0 ? 'Does not fit' : 'Fits'}
              </StatusMark>{' '}
              {told.sentence}
            </>
          )}
        </p>
      </DialogForm>
    </Modal>
  );
}
