// Every pictured screen of an org's first day, and of a held removal, looked at whole.
import { firstDayScreens } from '../../screenshots/first-day-screens.ts';
import { holdScreens } from '../../screenshots/hold-screens.ts';
import { checkScreens } from '../screen-checks.ts';

checkScreens([...firstDayScreens, ...holdScreens]);
