// Mounts the popup.
import { StandingGate } from '../../connect/standing-gate.tsx';
import { later } from '../../lib/later.ts';
import { mountPage } from '../../lib/mount-page.tsx';
import { isPopupAsOpened } from '../../popup/popup-as-opened.ts';
import { PopupView } from '../../popup/popup-view.tsx';
import './styles.ts';

const ConnectView = later(async () => (await import('../../connect/connect-view.tsx')).ConnectView);

void mountPage({
  connect: (opened) => <ConnectView opened={opened} />,
  main: () => (
    <StandingGate>
      <PopupView />
    </StandingGate>
  ),
  isAsOpened: isPopupAsOpened,
});
