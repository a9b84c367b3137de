// Every pictured screen of the popup, and all that stands between it and its server, looked at whole.
import { popupScreens } from '../../screenshots/popup-screens.ts';
import { troubleScreens } from '../../screenshots/trouble-screens.ts';
import { checkScreens } from '../screen-checks.ts';

checkScreens([...popupScreens, ...troubleScreens]);
