// The section of the settings with the domains that the org claims, and the field for one more.
import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf, useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { useRights } from '../parts/rights.ts';
import { SettingDomain } from './setting-domain.tsx';
import classes from './setting-section.module.css';
import { SettingFrame } from './setting-section.tsx';

export function SettingDomains({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const mayChange = useRights()('change the org’s settings');
  const [text, setText] = useState('');
  const domains = useQuery(trpc.org.domains.queryOptions());
  const add = useMutation(
    trpc.org.addDomain.mutationOptions({
      onSuccess: async () => {
        setText('');
        await queries.invalidateQueries({ queryKey: trpc.org.domains.queryKey() });
      },
    }),
  );
  return (
    <SettingFrame
      id={id}
      title="Domains"
      lead="A domain that you have proven to be yours lets its people join by the sign-up link."
    >
      <QueryState query={domains} rows={2}>
        {(all) => (
          <ul className={classes.rows}>
            {all.map((domain) => (
              <li key={domain.domain} className={classes.row}>
                <SettingDomain domain={domain} readOnly={!mayChange} />
              </li>
            ))}
            {all.length === 0 && <li className={classes.quiet}>No domain yet.</li>}
          </ul>
        )}
      </QueryState>
      {mayChange && (
        <form
          className={classes.adder}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim() !== '') add.mutate({ domain: text.trim() });
          }}
        >
          <TextInput
            label="Add a domain"
            placeholder="corp.example"
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={({ currentTarget }) => {
              setText(currentTarget.value);
              add.reset();
            }}
            error={add.error !== null && failureOf(add.error).message}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            Add domain
          </Button>
        </form>
      )}
    </SettingFrame>
  );
}
