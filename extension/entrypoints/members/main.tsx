// Mounts the members page.
import { ConnectView } from '../../connect/connect-view.tsx';
import { StandingGate } from '../../connect/standing-gate.tsx';
import { mountPage } from '../../lib/mount-page.tsx';
import { MembersView } from '../../members/members-view.tsx';
import './styles.ts';

void mountPage({
  connect: (opened) => <ConnectView opened={opened} />,
  main: () => (
    <StandingGate>
      <MembersView />
    </StandingGate>
  ),
});
