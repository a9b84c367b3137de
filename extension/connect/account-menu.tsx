// The org's name as a menu: other orgs, another server, the members page, signing out. Knows accounts, no data of theirs.
import { Menu, UnstyledButton } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLogout, IconPlus, IconTable } from '@tabler/icons-react';
import { accountKey, keepAccount } from '../lib/account.ts';
import { ask } from '../lib/messages.ts';
import { useSession } from '../lib/mount-page.tsx';
import { openMembers } from '../lib/open-page.ts';
import type { Account } from '../lib/storage.ts';
import { tell } from '../parts/tell.tsx';
import classes from './account-menu.module.css';
import { connectAnother } from './connect-another.ts';

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

/** `page` says where it stands: the popup has the org's name for its heading and leads to the members page. */
export function AccountMenu({ page, name }: { readonly page: 'popup' | 'members'; readonly name?: string }) {
  const { account, accounts } = useSession();
  const signOut = async () => {
    const { problem } = await ask({ type: 'sign-out', key: accountKey(account) });
    if (problem !== null) tell(problem);
  };
  const target = (
    <Menu.Target>
      <UnstyledButton className={classes.org} data-page={page}>
        <span className={classes.name}>{name ?? account.org.name}</span>
        <IconChevronDown size={16} stroke={2} aria-hidden="true" className={classes.chevron} />
      </UnstyledButton>
    </Menu.Target>
  );
  return (
    <Menu
      position="bottom-start"
      width={280}
      offset={4}
      transitionProps={{ duration: 100 }}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      classNames={{ item: classes.item, itemSection: classes.section }}
    >
      {page === 'popup' ? <h1 className={classes.heading}>{target}</h1> : target}
      <Menu.Dropdown>
        {accounts.length > 1 &&
          accounts.map((each) => (
            <Menu.Item
              key={accountKey(each)}
              leftSection={isSame(each, account) ? <IconCheck {...icon} /> : <span className={classes.gap} />}
              onClick={() => void keepAccount(each)}
            >
              <span className={classes.name}>{each.org.name}</span>
              <span className={classes.server}>{new URL(each.server).host}</span>
            </Menu.Item>
          ))}
        {accounts.length > 1 && <Menu.Divider />}
        {page === 'popup' && (
          <Menu.Item leftSection={<IconTable {...icon} />} onClick={() => void openMembers()}>
            Members page
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconPlus {...icon} />} onClick={() => connectAnother()}>
          Add a server…
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout {...icon} />} onClick={() => void signOut()}>
          Sign out
          <span className={classes.server}>{account.member.email ?? account.member.name}</span>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const isSame = (a: Account, b: Account) => accountKey(a) === accountKey(b);
