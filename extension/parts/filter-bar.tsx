// What narrows a list down, in one line above it that wraps.
import type { ReactNode } from 'react';
import classes from './filter-bar.module.css';

export function FilterBar({ children }: { readonly children: ReactNode }) {
  return <search className={classes.bar}>{children}</search>;
}
