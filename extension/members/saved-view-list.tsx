// The views of the people's list that somebody keeps, under People. Knows their names and addresses.
import { IconX } from '@tabler/icons-react';
import { tell } from '../parts/tell.tsx';
import { useKept } from './kept-value.ts';
import { placeOf, useRoute } from './route.ts';
import classes from './saved-view-list.module.css';
import { sameQuery } from './saved-views.ts';

export function SavedViewList() {
  const [views = [], keep] = useKept('savedViews');
  const { section, params } = useRoute();
  if (views.length === 0) return null;
  const remove = (name: string) => {
    keep(views.filter((view) => view.name !== name));
    tell(`View “${name}” deleted.`, () => keep(views));
  };
  return (
    <ul className={classes.list} aria-label="Saved views">
      {views.map(({ name, query }) => {
        const place = placeOf(`people?${query}`);
        const isCurrent = section === 'people' && sameQuery(place.params, params);
        return (
          <li key={name} className={classes.item}>
            <a
              className={classes.link}
              href={`#/people?${query}`}
              aria-current={isCurrent ? 'true' : undefined}
              title={name}
            >
              {name}
            </a>
            <button
              type="button"
              className={classes.remove}
              aria-label={`Delete view ${name}`}
              onClick={() => remove(name)}
            >
              <IconX size={14} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
