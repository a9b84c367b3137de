// The way to each section, with the number of findings that are open. Knows names and order.

import { useQuery } from '@tanstack/react-query';
import { AccountMenu } from '../connect/account-menu.tsx';
import { useTRPC } from '../lib/api.ts';
import { hashOf, type Section, sections, useRoute } from './route.ts';
import { SavedViewList } from './saved-view-list.tsx';
import classes from './section-nav.module.css';

export const sectionNames: Readonly<Record<Section, string>> = {
  people: 'People',
  groups: 'Groups',
  connections: 'Connections',
  provisioning: 'Provisioning',
  findings: 'Findings',
  holds: 'Held removals',
  audit: 'Audit log',
  mail: 'Mail',
  attributes: 'Custom attributes',
  readers: 'Reader clients',
  webhooks: 'Webhooks',
  settings: 'Settings',
};

/** Those that wait for somebody, in words for the number beside them. */
const waiting: Readonly<Partial<Record<Section, (count: number) => string>>> = {
  findings: (count) => `${count} open`,
  holds: (count) => `${count} to decide`,
};

export function SectionNav({ org }: { readonly org: string }) {
  const { section: current } = useRoute();
  const trpc = useTRPC();
  const attention = useQuery(trpc.sync.attention.queryOptions());
  const counts: Partial<Record<Section, number>> = attention.data ?? {};
  return (
    <header className={classes.side}>
      <AccountMenu page="members" name={org} />
      <nav aria-label="Sections" className={classes.nav}>
        <ul className={classes.list}>
          {sections.map((section) => {
            const count = counts[section] ?? 0;
            return (
              <li key={section} data-section={section}>
                <a
                  className={classes.link}
                  href={hashOf(section)}
                  aria-current={section === current ? 'page' : undefined}
                >
                  {sectionNames[section]}
                  {count > 0 && (
                    <span className={classes.count} title={waiting[section]?.(count)}>
                      {count.toLocaleString()}
                    </span>
                  )}
                </a>
                {section === 'people' && <SavedViewList />}
              </li>
            );
          })}
        </ul>
      </nav>
    </header>
  );
}
