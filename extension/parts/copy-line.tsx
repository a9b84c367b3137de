// A text to be pasted elsewhere: its name, the text, and the button that copies it. Knows how it looks only.
import { CopyButton } from './copy-button.tsx';
import classes from './copy-line.module.css';

/** `what` is the name of the text where its label does not say whose it is: "Copy redirect URI of Okta". */
export function CopyLine({
  label,
  text,
  what = label,
}: {
  readonly label: string;
  readonly text: string;
  readonly what?: string;
}) {
  return (
    <div className={classes.line}>
      <p className={classes.label}>{label}</p>
      <code className={classes.text} dir="ltr">
        {text}
      </code>
      <CopyButton text={text} what={what} />
    </div>
  );
}
