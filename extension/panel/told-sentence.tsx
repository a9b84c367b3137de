// A sentence of the server's with what was on the wire set apart in it: requests, values in quotes, names of schemas.
import classes from './told-sentence.module.css';

const onTheWire = /(“[^”]*”|\b(?:GET|POST|PUT|PATCH|DELETE) \/[^\s,;]*[^\s,;.]|\burn:[\w:.]*\w)/;

export function ToldSentence({ children }: { readonly children: string }) {
  let at = 0;
  return children.split(onTheWire).map((part) => {
    const key = at;
    at += part.length;
    if (!onTheWire.test(part)) return <span key={key}>{part}</span>;
    return (
      <code key={key} className={classes.code} data-short={part.length < 32 || undefined}>
        {part.replace(/^“(.*)”$/, '$1')}
      </code>
    );
  });
}
