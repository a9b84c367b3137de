// What a machine client proves itself by, as it is chosen and typed: an address of its keys, a pasted key, or a secret that
// it is given. Knows the fields; the command is somebody else's.
import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ClientMethod, NewCredential } from '../../shared/oauth-client.ts';
import { daysOf, tokenLifetimes } from '../parts/token-lifetime.ts';

const kinds: Readonly<Record<NewCredential['kind'], string>> = {
  jwks_uri: 'Keys of its own, at an address (jwks_uri)',
  key: 'A key of its own, pasted here',
  secret: 'A secret that you give it, as Entra ID wants',
};

const kindsOf: Readonly<Record<ClientMethod, readonly NewCredential['kind'][]>> = {
  private_key_jwt: ['jwks_uri', 'key'],
  client_secret: ['secret'],
};

export interface CredentialDraft {
  readonly kind: NewCredential['kind'];
  readonly url: string;
  readonly publicKey: string;
  readonly lifetime: string;
}

/** A draft, and the credential it comes to; undefined as long as something is missing. */
export function useCredentialDraft(method?: ClientMethod) {
  const choices = method === undefined ? (Object.keys(kinds) as NewCredential['kind'][]) : kindsOf[method];
  const [draft, setDraft] = useState<CredentialDraft>({
    kind: choices[0] ?? 'secret',
    url: '',
    publicKey: '',
    lifetime: '365',
  });
  return {
    draft,
    choices,
    set: (change: Partial<CredentialDraft>) => setDraft((before) => ({ ...before, ...change })),
    credential: credentialOf(draft),
  };
}

function credentialOf({ kind, url, publicKey, lifetime }: CredentialDraft): NewCredential | undefined {
  if (kind === 'secret') return { kind, days: daysOf(lifetime) };
  if (kind === 'key') return publicKey.trim() === '' ? undefined : { kind, publicKey: publicKey.trim() };
  return /^https?:\/\/\S+$/.test(url.trim()) ? { kind, url: url.trim() } : undefined;
}

export function OauthCredentialFields({
  of: { draft, choices, set, credential },
  isTouched,
}: {
  readonly of: ReturnType<typeof useCredentialDraft>;
  readonly isTouched: boolean;
}) {
  const isMissing = isTouched && credential === undefined;
  return (
    <>
      {choices.length > 1 && (
        <NativeSelect
          label="It proves itself by"
          data={choices.map((value) => ({ value, label: kinds[value] }))}
          value={draft.kind}
          onChange={({ currentTarget }) =>
            set({ kind: choices.find((kind) => kind === currentTarget.value) ?? draft.kind })
          }
        />
      )}
      {draft.kind === 'jwks_uri' && (
        <TextInput
          label="Address of its keys"
          description="New keys are found there by themselves."
          placeholder="https://app.corp.example/.well-known/jwks.json"
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
          value={draft.url}
          onChange={({ currentTarget }) => set({ url: currentTarget.value })}
          error={isMissing && 'Give an address that begins with https://.'}
        />
      )}
      {draft.kind === 'key' && (
        <Textarea
          label="Public key"
          description="As PEM or JWK, or a key set. Never the private one."
          dir="ltr"
          spellCheck={false}
          rows={6}
          value={draft.publicKey}
          onChange={({ currentTarget }) => set({ publicKey: currentTarget.value })}
          error={isMissing && 'Paste the public key.'}
        />
      )}
      {draft.kind === 'secret' && (
        <NativeSelect
          label="The secret works for"
          data={tokenLifetimes}
          value={draft.lifetime}
          onChange={({ currentTarget }) => set({ lifetime: currentTarget.value })}
        />
      )}
    </>
  );
}
