// Every screen and state that is pictured, in the order they are taken: where it is, how large, and what has to happen
// before it is there.
import { firstDayScreens } from './first-day-screens.ts';
import { holdScreens } from './hold-screens.ts';
import { integrationScreens } from './integration-screens.ts';
import { memberScreens } from './member-screens.ts';
import { panelScreens } from './panel-screens.ts';
import { popupScreens } from './popup-screens.ts';
import type { Screen } from './stage.ts';
import { troubleScreens } from './trouble-screens.ts';

export const screens: readonly Screen[] = [
  ...popupScreens,
  ...memberScreens,
  ...integrationScreens,
  ...panelScreens,
  ...firstDayScreens,
  ...troubleScreens,
  // The last, because they take a part of the people away.
  ...holdScreens,
];
