// Every pictured screen of the members page looked at whole.
import { memberScreens } from '../../screenshots/member-screens.ts';
import { checkScreens } from '../screen-checks.ts';

checkScreens(memberScreens);
