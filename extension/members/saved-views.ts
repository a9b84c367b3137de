// Views of the people's list that are kept by a name. Pure; where they are kept, others know.
import type { SavedView } from '../lib/storage.ts';
import type { RouteParams } from './route.ts';

/** The views with one more; one of the same name is replaced where it stands. */
export function withView(views: readonly SavedView[], added: SavedView): readonly SavedView[] {
  return views.some(({ name }) => name === added.name)
    ? views.map((view) => (view.name === added.name ? added : view))
    : [...views, added];
}

/** Whether two addresses show the same list, whoever is open beside it. */
export function sameQuery(one: RouteParams, other: RouteParams): boolean {
  return spelled(one) === spelled(other);
}

function spelled({ member: _open, ...params }: RouteParams): string {
  return JSON.stringify(
    Object.entries(params)
      .filter(([, value]) => value !== undefined && value !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
