// The org's name as a menu: other orgs, another server, the members page, signing out. Knows accounts, no data of theirs.
import { IconChevronDown, IconLogout, IconPlus, IconTable } from '@tabler/icons-react';
import { accountKey, keepAccount } from '../lib/account.ts';
import { ask } from '../lib/messages.ts';
import { useSession } from '../lib/mount-page.tsx';
import { openMembers } from '../lib/open-page.ts';
import { MenuButton } from '../parts/menu-button.tsx';
import type { Choice } from '../parts/menu-choice.ts';
import { tell } from '../parts/tell.tsx';
import classes from './account-menu.module.css';
import { connectAnother } from './connect-another.ts';

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const;

/** `page` says where it stands: the popup leads to the members page. `name` is the org's as the server last said it. */
export function AccountMenu({ page, name }: { readonly page: 'popup' | 'members'; readonly name?: string }) {
  const { account, accounts } = useSession();
  const signOut = async () => {
    const { problem } = await ask({ type: 'sign-out', key: accountKey(account) });
    if (problem !== null) tell(problem);
  };
  const others: readonly Choice[] = accounts.map((each) => ({
    key: accountKey(each),
    label: each.org.name,
    detail: new URL(each.server).host,
    isCurrent: accountKey(each) === accountKey(account),
    onChoose: () => void keepAccount(each),
  }));
  const toMembers: Choice = {
    key: 'members',
    label: 'Members page',
    icon: <IconTable {...icon} />,
    onChoose: () => void openMembers(),
  };
  const choices: readonly Choice[] = [
    ...(accounts.length > 1 ? [...others, 'divider' as const] : []),
    ...(page === 'popup' ? [toMembers] : []),
    { key: 'add', label: 'Add a server…', icon: <IconPlus {...icon} />, onChoose: () => connectAnother() },
    'divider',
    {
      key: 'sign-out',
      label: 'Sign out',
      detail: account.member.email ?? account.member.name,
      icon: <IconLogout {...icon} />,
      onChoose: () => void signOut(),
    },
  ];
  return (
    <div className={classes.place} data-page={page}>
      <MenuButton
        className={classes.org}
        menuLabel="Organisations"
        width={280}
        isHeading={page === 'popup'}
        choices={choices}
      >
        <span className={classes.name}>{name ?? account.org.name}</span>
        <IconChevronDown size={16} stroke={2} aria-hidden="true" className={classes.chevron} />
      </MenuButton>
    </div>
  );
}
