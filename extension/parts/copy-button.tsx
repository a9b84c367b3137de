// Copies a text, and says that it did. Knows the clipboard only; what is copied need not be shown.
import { Button, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';

const shownMs = 2500;

/** `what` goes into the name: "Copy base URL". */
export function CopyButton({
  text,
  what,
  label = 'Copy',
  primary = false,
  onCopied,
}: {
  readonly text: string;
  readonly what: string;
  readonly label?: string;
  readonly primary?: boolean;
  readonly onCopied?: () => void;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), shownMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setState('copied');
        onCopied?.();
      },
      () => setState('failed'),
    );
  const Icon = state === 'copied' ? IconCheck : IconCopy;
  return (
    <>
      <Button
        size="compact-sm"
        variant={primary ? 'filled' : 'default'}
        leftSection={<Icon size={14} aria-hidden="true" />}
        aria-label={`Copy ${what}`}
        onClick={() => void copy()}
      >
        {state === 'copied' ? 'Copied' : state === 'failed' ? 'Not copied' : label}
      </Button>
      <VisuallyHidden role="status">
        {state === 'copied' && `Copied ${what}.`}
        {state === 'failed' && 'The browser did not let it be copied.'}
      </VisuallyHidden>
    </>
  );
}
