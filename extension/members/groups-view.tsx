// The groups of the org: those there are, and the roles they give. Knows the two tabs; each is a file of its own.
import { Tabs } from '@mantine/core';
import { SectionPage } from '../parts/section-page.tsx';
import { GroupList } from './group-list.tsx';
import { GroupRoles } from './group-roles.tsx';
import { GroupSide } from './group-side.tsx';
import { useRoute } from './route.ts';

export function GroupsView() {
  const { params, go, replace } = useRoute();
  const tab = params.tab === 'roles' ? 'roles' : 'groups';
  const close = () => replace({ ...params, group: undefined });
  return (
    <SectionPage
      title="Groups"
      {...(params.group !== undefined &&
        tab === 'groups' && {
          aside: <GroupSide key={params.group} groupId={params.group} onClose={close} />,
          onCloseAside: close,
        })}
    >
      <Tabs
        value={tab}
        onChange={(chosen) => go('groups', { tab: chosen === 'roles' ? 'roles' : undefined })}
        keepMounted={false}
      >
        <Tabs.List mb={12}>
          <Tabs.Tab value="groups">All groups</Tabs.Tab>
          <Tabs.Tab value="roles">Roles by group</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="groups">
          <GroupList />
        </Tabs.Panel>
        <Tabs.Panel value="roles">
          <GroupRoles />
        </Tabs.Panel>
      </Tabs>
    </SectionPage>
  );
}
