// The members page: its sections on the left, the one that the address names beside them. Knows the frame only.
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTRPC } from '../lib/api.ts';
import { useLive } from '../lib/live.ts';
import { useSession } from '../lib/mount-page.tsx';
import classes from './members-view.module.css';
import { useRoute } from './route.ts';
import { SectionNav, sectionNames } from './section-nav.tsx';
import { SectionView } from './section-view.tsx';

export function MembersView() {
  const { section } = useRoute();
  const { account } = useSession();
  const trpc = useTRPC();
  const me = useQuery(trpc.auth.me.queryOptions());
  useLive();
  const org = me.data?.org.name ?? account.org.name;
  useEffect(() => {
    document.title = `${sectionNames[section]} · ${org} · Rollcall`;
  }, [section, org]);
  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={skipToMain}>
        Skip to the content
      </button>
      <SectionNav org={org} />
      <main id="main" className={classes.main} tabIndex={-1}>
        <SectionView section={section} />
      </main>
    </div>
  );
}

/** No link: the address after its `#` says which section is shown. */
function skipToMain(): void {
  document.getElementById('main')?.focus();
}
