// The way to a setting in an identity provider's console, label by label in the console's own words.
import type { ConsolePath } from '../../shared/finding.ts';
import classes from './finding-card.module.css';

export function RemedyPath({ console, labels }: Pick<ConsolePath, 'console' | 'labels'>) {
  return (
    <>
      In {console}:{' '}
      {labels.map((label, at) => (
        <span key={label}>
          {at > 0 && <span className={classes.arrow}> → </span>}
          <b className={classes.label}>{label}</b>
        </span>
      ))}
    </>
  );
}
