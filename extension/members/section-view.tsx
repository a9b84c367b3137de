// Shows the section that the address names, and loads its code when it is first wanted. Knows which view is which.
import { type ComponentType, lazy, Suspense } from 'react';
import { SlowSkeleton } from '../parts/slow-skeleton.tsx';
import { PeopleView } from './people-view.tsx';
import type { Section } from './route.ts';

const views: Readonly<Record<Section, ComponentType>> = {
  people: PeopleView,
  groups: lazy(async () => ({ default: (await import('./groups-view.tsx')).GroupsView })),
  connections: lazy(async () => ({ default: (await import('./connections-view.tsx')).ConnectionsView })),
  provisioning: lazy(async () => ({ default: (await import('./records-view.tsx')).RecordsView })),
  findings: lazy(async () => ({ default: (await import('./findings-view.tsx')).FindingsView })),
  holds: lazy(async () => ({ default: (await import('./holds-view.tsx')).HoldsView })),
  audit: lazy(async () => ({ default: (await import('./audit-view.tsx')).AuditView })),
  mail: lazy(async () => ({ default: (await import('./mails-view.tsx')).MailsView })),
  attributes: lazy(async () => ({ default: (await import('./attributes-view.tsx')).AttributesView })),
  readers: lazy(async () => ({ default: (await import('./readers-view.tsx')).ReadersView })),
  webhooks: lazy(async () => ({ default: (await import('./webhooks-view.tsx')).WebhooksView })),
  settings: lazy(async () => ({ default: (await import('./settings-view.tsx')).SettingsView })),
};

export function SectionView({ section }: { readonly section: Section }) {
  const View = views[section];
  return (
    <Suspense fallback={<SlowSkeleton rows={10} />}>
      <View />
    </Suspense>
  );
}
