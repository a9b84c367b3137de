// The org's name, and behind it the other orgs that somebody is signed in to and the way out. Knows accounts, no section.
import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconLogout } from '@tabler/icons-react';
import { accountKey, keepAccount } from '../lib/account.ts';
import { ask } from '../lib/messages.ts';
import { useSession } from '../lib/page.tsx';
import { tell } from '../parts/tell.tsx';
import classes from './org-menu.module.css';

export function OrgMenu({ org }: { readonly org: string }) {
  const { account, accounts } = useSession();
  const signOut = async () => {
    const { problem } = await ask({ type: 'sign-out', key: accountKey(account) });
    if (problem !== null) tell(problem);
  };
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <button type="button" className={classes.org}>
          <span className={classes.name}>{org}</span>
          <IconChevronDown size={14} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {account.member.name} · {account.member.email ?? account.server}
        </Menu.Label>
        {accounts.length > 1 &&
          accounts.map((other) => {
            const isCurrent = other === account;
            return (
              <Menu.Item
                key={accountKey(other)}
                leftSection={isCurrent ? <IconCheck size={14} /> : <span className={classes.place} />}
                onClick={() => void keepAccount(other)}
              >
                {other.org.name}
              </Menu.Item>
            );
          })}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={14} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
