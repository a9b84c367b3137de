// Forms of the server's pages: each carries the token that proves it is ours, each field its label, hint and problem.
// Knows no form in particular.
import {
  createContext,
  type InputHTMLAttributes,
  type ReactElement,
  type ReactNode,
  useContext,
} from 'react';
import { formTokenField } from './form-token.ts';

/** What is wrong with one field of a form that was sent; `field` is the field's name. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** Gives the token of the browser that the page is for; `sendPage` provides it. */
export const FormToken = createContext<() => string>(() => {
  throw new Error('this page was not sent by a room that reads forms');
});

interface FormProps {
  /** A local path. */
  readonly action: string;
  /** What is sent along unseen. */
  readonly hidden?: Readonly<Record<string, string>>;
  readonly children: ReactNode;
}

/** A form that is sent by POST. The browser leaves the checking to the server, which explains better. */
export function Form({ action, hidden = {}, children }: FormProps): ReactElement {
  const token = useContext(FormToken)();
  return (
    <form method="post" action={action} noValidate>
      {Object.entries({ ...hidden, [formTokenField]: token }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} defaultValue={value} />
      ))}
      {children}
    </form>
  );
}

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'name'> {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  /** All problems of the form; the field shows its own. */
  readonly problems?: readonly Problem[];
}

/** One line to type, with everything about it said to those who hear it as well. */
export function Field({ name, label, hint, problems = [], ...input }: FieldProps): ReactElement {
  const problem = problems.find(({ field }) => field === name);
  const about = [hint !== undefined && `${name}-hint`, problem && `${name}-problem`]
    .filter(Boolean)
    .join(' ');
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {hint !== undefined && (
        <span className="hint" id={`${name}-hint`}>
          {hint}
        </span>
      )}
      {problem && (
        <span className="problem" id={`${name}-problem`}>
          {problem.message}
        </span>
      )}
      <input
        {...input}
        id={name}
        name={name}
        aria-invalid={problem ? true : undefined}
        aria-describedby={about === '' ? undefined : about}
      />
    </div>
  );
}

/** Everything that is wrong with the form that was sent, first on its page and in focus there. */
export function ProblemSummary({ problems }: { readonly problems: readonly Problem[] }): ReactElement | null {
  if (problems.length === 0) return null;
  return (
    <div className="notice bad" role="alert" tabIndex={-1} autoFocus>
      <h2>{problems.length === 1 ? 'One thing to correct' : `${problems.length} things to correct`}</h2>
      <ul>
        {problems.map(({ field, message }) => (
          <li key={field}>
            <a href={`#${field}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
