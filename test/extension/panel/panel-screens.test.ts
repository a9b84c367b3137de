// Every pictured screen of the side panel looked at whole.
import { panelScreens } from '../../screenshots/panel-screens.ts';
import { checkScreens } from '../screen-checks.ts';

checkScreens(panelScreens);
