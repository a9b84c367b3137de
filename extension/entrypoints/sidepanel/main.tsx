// Mounts the side panel.
import { StandingGate } from '../../connect/standing-gate.tsx';
import { later } from '../../lib/later.ts';
import { mountPage } from '../../lib/mount-page.tsx';
import { PanelView } from '../../panel/panel-view.tsx';
import './styles.ts';

const ConnectView = later(async () => (await import('../../connect/connect-view.tsx')).ConnectView);

void mountPage({
  connect: (opened) => <ConnectView opened={opened} />,
  main: () => (
    <StandingGate>
      <PanelView />
    </StandingGate>
  ),
});
