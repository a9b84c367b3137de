// Many things to choose from, in groups that can be chosen as a whole. Knows checkboxes, not what is chosen.
import { Checkbox } from '@mantine/core';
import classes from './choice-groups.module.css';

export interface ChoiceGroup {
  readonly name: string;
  readonly choices: readonly { readonly id: string; readonly label: string; readonly about?: string }[];
}

export function ChoiceGroups({
  label,
  groups,
  chosen,
  onChoose,
  error,
}: {
  readonly label: string;
  readonly groups: readonly ChoiceGroup[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  /** Why what is chosen will not do. */
  readonly error?: string | false;
}) {
  const set = (ids: readonly string[], isOn: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (isOn) next.add(id);
      else next.delete(id);
    }
    onChoose(next);
  };
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{label}</legend>
      {groups.map(({ name, choices }) => {
        const ids = choices.map(({ id }) => id);
        const count = ids.filter((id) => chosen.has(id)).length;
        return (
          <div key={name} className={classes.group}>
            <Checkbox
              label={name}
              checked={count === ids.length}
              indeterminate={count > 0 && count < ids.length}
              onChange={({ currentTarget }) => set(ids, currentTarget.checked)}
              {...(error && { 'aria-invalid': true })}
            />
            <details className={classes.details}>
              <summary aria-label={`${count} of ${ids.length} chosen of ${name}; choose them singly`}>
                {count.toLocaleString()} of {ids.length.toLocaleString()}
              </summary>
              <div className={classes.singles}>
                {choices.map(({ id, label: single, about }) => (
                  <Checkbox
                    key={id}
                    label={single}
                    description={about}
                    checked={chosen.has(id)}
                    onChange={({ currentTarget }) => set([id], currentTarget.checked)}
                  />
                ))}
              </div>
            </details>
          </div>
        );
      })}
      {error && (
        <p className={classes.error} role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
