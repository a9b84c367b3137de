// The way to a setting, label by label in the console's own words, the last one in bold.
import { IconArrowNarrowRight } from '@tabler/icons-react';
import type { ConsolePath } from '../../shared/finding.ts';
import classes from './console-path-line.module.css';

export function ConsolePathLine({ where }: { readonly where: ConsolePath }) {
  const { console, labels } = where;
  return (
    <div className={classes.box}>
      <p className={classes.lead}>In {console}</p>
      <ol className={classes.path}>
        {labels.map((label, n) => (
          <li key={label} className={classes.label}>
            {n > 0 && (
              <IconArrowNarrowRight className={classes.arrow} size={16} stroke={1.5} aria-hidden="true" />
            )}
            {n === labels.length - 1 ? <strong className={classes.last}>{label}</strong> : label}{' '}
          </li>
        ))}
      </ol>
    </div>
  );
}
