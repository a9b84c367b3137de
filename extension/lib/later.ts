// Parts of a page that are loaded when they are first shown, so that what stands there from the start paints sooner.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { firstDrawing } from './first-drawing.ts';

/** The component that `load` gives, loaded when it is drawn first. */
// biome-ignore lint/suspicious/noExplicitAny: whatever properties a component takes, it keeps
export function later<Component extends ComponentType<any>>(
  load: () => Promise<Component>,
): LazyExoticComponent<Component> {
  return lazy(async () => ({ default: await load() }));
}

/** The same for what stands in the page from the start and can be done without for a moment: the page is drawn before. */
// biome-ignore lint/suspicious/noExplicitAny: whatever properties a component takes, it keeps
export function afterDrawing<Component extends ComponentType<any>>(
  load: () => Promise<Component>,
): LazyExoticComponent<Component> {
  return later(async () => {
    await firstDrawing;
    return load();
  });
}
