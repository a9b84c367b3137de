// One domain: how it stands, the record that proves it, checking it now, giving it up. Knows the commands by name.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { domainFindings, type OrgDomain } from '../../shared/domain.ts';
import { failureOf, type Outputs, useTRPC } from '../lib/api.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { CopyButton } from '../parts/copy-button.tsx';
import { StatusMark, type Tone } from '../parts/status-mark.tsx';
import { tell } from '../parts/tell.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './setting-section.module.css';

const statuses: Readonly<Record<OrgDomain['status'], readonly [tone: Tone, word: string]>> = {
  verified: ['ok', 'Verified'],
  unverified: ['waiting', 'Not verified yet'],
  failing: ['attention', 'Record is missing'],
};

export function SettingDomain({
  domain: { domain, status, record, checkedAt, failsAt },
  readOnly,
}: {
  readonly domain: OrgDomain;
  readonly readOnly: boolean;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [isLeaving, setLeaving] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.org.domains.queryKey() });
  const check = useMutation(trpc.org.checkDomain.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(
    trpc.org.removeDomain.mutationOptions({
      onSuccess: async () => {
        setLeaving(false);
        tell(`${domain} is no longer among your domains.`);
        await refresh();
      },
    }),
  );
  const [tone, word] = statuses[status];
  return (
    <>
      <div className={classes.rowHead}>
        <span className={classes.actions}>
          <span className={classes.name}>{domain}</span>
          <StatusMark tone={tone} pill>
            {word}
          </StatusMark>
        </span>
        {!readOnly && (
          <span className={classes.actions}>
            <Button
              size="compact-sm"
              variant="default"
              aria-label={`Check ${domain} now`}
              loading={check.isPending}
              onClick={() => check.mutate({ domain })}
            >
              Check now
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={`Remove ${domain}`}
              onClick={() => setLeaving(true)}
            >
              Remove
            </Button>
          </span>
        )}
      </div>
      {failsAt !== null && (
        <p>
          DNS no longer has the record. The domain counts as verified until <TimeAgo at={failsAt} />.
        </p>
      )}
      {status !== 'verified' && (
        <>
          <p className={classes.quiet}>Add this TXT record where you manage the domain’s DNS:</p>
          <RecordLine label="Name" text={record.name} of={domain} />
          <RecordLine label="Value" text={record.value} of={domain} />
        </>
      )}
      <div aria-live="polite">
        {check.data && <Found checked={check.data} />}
        {check.error && <p className={classes.failure}>{failureOf(check.error).message}</p>}
        {!check.data && checkedAt !== null && (
          <p className={classes.quiet}>
            Checked <TimeAgo at={checkedAt} />; Rollcall looks again by itself.
          </p>
        )}
      </div>
      {isLeaving && (
        <ConfirmDialog
          title={`Remove ${domain}?`}
          verb="Remove domain"
          isPending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ domain })}
          onClose={() => setLeaving(false)}
        >
          <p>
            {status === 'unverified'
              ? 'To add it again takes another record.'
              : 'Its people can no longer join by the sign-up link. Whoever joined stays.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}

function RecordLine({
  label,
  text,
  of,
}: {
  readonly label: string;
  readonly text: string;
  readonly of: string;
}) {
  return (
    <div className={classes.record}>
      <span className={classes.quiet}>{label}</span>
      <code className={classes.code}>{text}</code>
      <CopyButton text={text} what={`${label.toLowerCase()} of the record for ${of}`} />
    </div>
  );
}

function Found({ checked }: { readonly checked: Outputs['org']['checkDomain'] }) {
  return (
    <>
      <p>
        <StatusMark tone={checked.finding === 'found' ? 'ok' : 'attention'}>
          {domainFindings[checked.finding]}
        </StatusMark>
      </p>
      {checked.seen.length > 0 && (
        <p className={classes.quiet}>
          DNS has:{' '}
          {checked.seen.map((value) => (
            <code key={value} className={classes.code}>
              “{value}”{' '}
            </code>
          ))}
        </p>
      )}
    </>
  );
}
