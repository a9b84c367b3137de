// Parts of a page that are loaded when they are first shown, so that what stands there from the start paints sooner.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

/** The component that `load` gives. */
// biome-ignore lint/suspicious/noExplicitAny: whatever properties a component takes, it keeps
export function later<Component extends ComponentType<any>>(
  load: () => Promise<Component>,
): LazyExoticComponent<Component> {
  return lazy(async () => ({ default: await load() }));
}
