// A nudge as its reader will see it, while the admin writes: the server's words, the admin's in their place. Nothing of
// the mail's markup is taken over; its text is drawn anew.
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '../lib/api.ts';
import { SlowSkeleton } from '../parts/slow-skeleton.tsx';
import classes from './nudge-preview.module.css';
import { type LetterBlock, readLetter } from './read-letter.ts';

/** Asked for in the place of a message, so that the server is asked once and not at every key. */
const placeholder = '…';

export function NudgePreview({
  memberId,
  name,
  message,
}: {
  readonly memberId: string;
  readonly name: string;
  readonly message: string;
}) {
  const trpc = useTRPC();
  const without = useQuery(trpc.invitations.previewNudge.queryOptions({ memberId, message: null }));
  const quoting = useQuery(trpc.invitations.previewNudge.queryOptions({ memberId, message: placeholder }));
  const words = message.trim();
  const { data, isError } = words === '' ? without : quoting;
  return (
    <section aria-labelledby="preview-title">
      <h2 id="preview-title" className={classes.caption}>
        The mail as {name} will see it
      </h2>
      <div className={classes.preview}>
        {isError && <p className={classes.small}>The preview cannot be shown now. The nudge can be sent.</p>}
        {data === undefined && !isError && <SlowSkeleton rows={3} height={32} />}
        {data !== undefined && (
          <>
            <p className={classes.subject}>{data.subject}</p>
            {readLetter(data.text).map((block) => (
              <Block key={`${block.kind} ${block.text}`} block={block} words={words} />
            ))}
          </>
        )}
      </div>
    </section>
  );
}

function Block({ block, words }: { readonly block: LetterBlock; readonly words: string }) {
  switch (block.kind) {
    case 'title':
      return <p className={classes.title}>{block.text}</p>;
    case 'quote':
      return <blockquote className={classes.quote}>{words}</blockquote>;
    case 'button':
      return <span className={classes.button}>{block.text}</span>;
    case 'small':
    case 'link':
      return <p className={classes.small}>{block.text}</p>;
    case 'text':
      return <p>{block.text}</p>;
  }
}
