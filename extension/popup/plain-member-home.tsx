// The popup of somebody who looks after nobody here: says so, and lets them invite where the org does.
import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useSession } from '../lib/mount-page.tsx';
import { StateScreen } from '../parts/state-screen.tsx';
import { PopupHeader } from './popup-header.tsx';
import classes from './popup-home.module.css';

export function PlainMemberHome({
  isCovered,
  onInvite,
}: {
  readonly isCovered: boolean;
  /** Absent where members may not invite. */
  readonly onInvite: (() => void) | undefined;
}) {
  const { account } = useSession();
  return (
    <div className={classes.home} inert={isCovered}>
      <PopupHeader sync={undefined} />
      <StateScreen
        icon={<IconUsers size={28} stroke={1.5} />}
        title={`You are a member of ${account.org.name}`}
        action={onInvite && <Button onClick={onInvite}>Invite people</Button>}
      >
        {onInvite
          ? 'Admins see who has joined. You can invite people.'
          : 'Admins invite people and see who has joined. Ask one of them to make you an admin.'}
      </StateScreen>
    </div>
  );
}
