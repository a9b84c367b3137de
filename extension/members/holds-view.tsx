// Mass removals that wait for an admin, and those that were decided. Knows the two lists and which one is open.
import { IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '../lib/api.ts';
import { QueryState } from '../parts/query-state.tsx';
import { SectionPage } from '../parts/section-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import classes from './hold-card.module.css';
import { HoldCard } from './hold-card.tsx';
import { HoldHistory } from './hold-history.tsx';
import { HoldRefusals } from './hold-refusals.tsx';
import { HoldSide } from './hold-side.tsx';
import type { NotRestored } from './hold-words.ts';
import { useRoute } from './route.ts';

export function HoldsView() {
  const trpc = useTRPC();
  const { params, replace } = useRoute();
  const [refused, setRefused] = useState<NotRestored>([]);
  const holds = useQuery(trpc.holds.list.queryOptions({}));
  const opened = holds.data?.find(({ id }) => id === params.hold);
  const toggle = (id: string) => replace({ hold: id === params.hold ? undefined : id });
  const close = () => replace({});
  return (
    <SectionPage
      title="Held removals"
      lead="When an identity provider takes away many people at once, they lose their access at once and Rollcall keeps everything needed to bring them back, until one of you decides."
      {...(opened && {
        aside: <HoldSide key={opened.id} hold={opened} onClose={close} />,
        onCloseAside: close,
      })}
    >
      {refused.length > 0 && <HoldRefusals refused={refused} onClose={() => setRefused([])} />}
      <QueryState query={holds} rows={3} height={72}>
        {(all) => {
          const open = all.filter(({ ended }) => ended === null);
          const ended = all.filter((hold) => hold.ended !== null);
          return (
            <>
              {open.length === 0 && (
                <StateScreen icon={<IconShieldCheck size={28} stroke={1.5} />} title="Nothing waits for you">
                  No removal is held. From which size on one is held stands in the settings, under Safeguards.
                </StateScreen>
              )}
              <ul className={classes.list}>
                {open.map((hold) => (
                  <li key={hold.id}>
                    <HoldCard
                      hold={hold}
                      isOpen={hold.id === params.hold}
                      onShow={() => toggle(hold.id)}
                      onRefused={setRefused}
                    />
                  </li>
                ))}
              </ul>
              {ended.length > 0 && (
                <HoldHistory holds={ended} openId={params.hold ?? null} onOpen={({ id }) => toggle(id)} />
              )}
            </>
          );
        }}
      </QueryState>
    </SectionPage>
  );
}
