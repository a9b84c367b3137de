// Mounts the popup.
import { ConnectView } from '../../connect/connect-view.tsx';
import { StandingGate } from '../../connect/standing-gate.tsx';
import { mountPage } from '../../lib/mount-page.tsx';
import { PopupView } from '../../popup/popup-view.tsx';
import './styles.ts';

void mountPage({
  connect: (opened) => <ConnectView opened={opened} />,
  main: () => (
    <StandingGate>
      <PopupView />
    </StandingGate>
  ),
});
