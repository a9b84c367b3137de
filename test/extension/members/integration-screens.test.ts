// Every pictured screen of what other systems are given, looked at whole.
import { integrationScreens } from '../../screenshots/integration-screens.ts';
import { checkScreens } from '../screen-checks.ts';

checkScreens(integrationScreens);
