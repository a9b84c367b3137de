// What a schema finds wrong with a form, as its fields show it. Knows no form in particular.
import type { ZodError } from 'zod';
import type { Problem } from './form.tsx';

/** One problem for each field that has any. */
export function problemsOf(error: ZodError): Problem[] {
  const problems = new Map<string, Problem>();
  for (const { path, message } of error.issues) {
    const field = String(path[0]);
    if (!problems.has(field)) problems.set(field, { field, message });
  }
  return [...problems.values()];
}
