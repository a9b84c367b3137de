// Mounts the side panel.
import { ConnectView } from '../../connect/connect-view.tsx';
import { StandingGate } from '../../connect/standing-gate.tsx';
import { mountPage } from '../../lib/mount-page.tsx';
import { PanelView } from '../../panel/panel-view.tsx';
import './styles.ts';

void mountPage({
  connect: (opened) => <ConnectView opened={opened} />,
  main: () => (
    <StandingGate>
      <PanelView />
    </StandingGate>
  ),
});
