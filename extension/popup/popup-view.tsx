// The popup: its lists, or a form over them. Knows what is open, and what another page asked it to open with.
import { Suspense, useEffect, useState } from 'react';
import { later } from '../lib/later.ts';
import { useLive } from '../lib/live.ts';
import { rememberWindow } from '../lib/open-page.ts';
import { useRights } from '../parts/rights.ts';
import { type NudgePerson, peopleCount } from '../people/nudge-readiness.ts';
import { PlainMemberHome } from './plain-member-home.tsx';
import './popup.css';
import { PopupHome } from './popup-home.tsx';
import classes from './popup-view.module.css';
import { Sheet } from './sheet.tsx';
import { useInviteDraft } from './use-invite-draft.ts';

const InviteForm = later(async () => (await import('../people/invite-form.tsx')).InviteForm);
const NudgeForm = later(async () => (await import('../people/nudge-form.tsx')).NudgeForm);

type Form =
  | { readonly kind: 'nudge'; readonly people: readonly NudgePerson[]; readonly onNudged: () => void }
  | { readonly kind: 'invite'; readonly text: string };

export function PopupView() {
  useLive();
  const can = useRights();
  const [form, setForm] = useState<Form>();
  const close = () => setForm(undefined);
  const invite = () => setForm({ kind: 'invite', text: '' });
  useEffect(() => void rememberWindow(), []);
  useInviteDraft((text) => setForm({ kind: 'invite', text }));
  return (
    <main className={classes.popup}>
      {can('see and nudge pending invitations') ? (
        <PopupHome
          isCovered={form !== undefined}
          onNudge={(people, onNudged) => setForm({ kind: 'nudge', people, onNudged })}
          onInvite={invite}
        />
      ) : (
        <PlainMemberHome
          isCovered={form !== undefined}
          onInvite={can('invite people') ? invite : undefined}
        />
      )}
      {form?.kind === 'nudge' && (
        <Sheet title={`Nudge ${peopleCount(form.people.length)}`} onClose={close}>
          <Suspense>
            <NudgeForm people={form.people} onClose={close} onNudged={form.onNudged} />
          </Suspense>
        </Sheet>
      )}
      {form?.kind === 'invite' && (
        <Sheet title="Invite people" onClose={close}>
          <Suspense>
            <InviteForm key={form.text} initialText={form.text} onClose={close} />
          </Suspense>
        </Sheet>
      )}
    </main>
  );
}
