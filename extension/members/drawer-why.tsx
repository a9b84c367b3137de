// Why somebody has access or has none: the story in the server's sentences, with what stands behind each and what to do.
// Until it has come, what the profile says of it.
import { Anchor } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type StoryLine, type StorySource, storyHeadings } from '../../shared/explanation.ts';
import { type Outputs, useTRPC } from '../lib/api.ts';
import { SlowSkeleton } from '../parts/slow-skeleton.tsx';
import { TimeAgo } from '../parts/time-ago.tsx';
import classes from './drawer-why.module.css';
import { statusWords } from './member-status-mark.tsx';
import { hashOf } from './route.ts';
import { StoryRemedies } from './story-remedies.tsx';

export function DrawerWhy({ person }: { readonly person: Outputs['members']['get'] }) {
  const trpc = useTRPC();
  const { id: memberId, status, givenName, name, why } = person;
  const explanation = useQuery(trpc.members.explain.queryOptions({ memberId }, { retry: 1 }));
  const story = explanation.data?.status === status ? explanation.data : undefined;
  return (
    <section className={classes.why} data-tone={statusWords[status].tone} aria-labelledby="why">
      <h3 id="why" className={classes.heading}>
        {storyHeadings[status](givenName ?? name)}
      </h3>
      {story === undefined ? (
        <>
          <p>{why.sentence}</p>
          {explanation.isError ? (
            why.mend !== null && <p className={classes.more}>{why.mend}</p>
          ) : (
            <SlowSkeleton rows={2} height={20} />
          )}
        </>
      ) : (
        <>
          <ol className={classes.lines}>
            {story.lines.map((line) => (
              <Line key={line.sentence} {...line} />
            ))}
          </ol>
          <StoryRemedies remedies={story.remedies} />
        </>
      )}
    </section>
  );
}

function Line({ sentence, at, isWrong, source }: StoryLine) {
  return (
    <li className={classes.line} data-wrong={isWrong}>
      {isWrong && (
        <IconAlertTriangleFilled size={12} role="img" aria-label="Wrong now:" className={classes.sign} />
      )}
      <p>{sentence}</p>
      {(at !== null || source !== null) && (
        <p className={classes.more}>
          {at !== null && <TimeAgo at={at} />}
          {at !== null && source !== null && ' · '}
          {source !== null && <Anchor href={placeOf(source)}>{sourceWords(source)}</Anchor>}
        </p>
      )}
    </li>
  );
}

function placeOf(source: StorySource): string {
  switch (source.kind) {
    case 'record':
      return hashOf('provisioning', { connection: source.connectionId, record: String(source.seq) });
    case 'finding':
      return hashOf('findings');
    case 'hold':
      return hashOf('holds', { hold: source.holdId });
    case 'group':
      return hashOf('groups', { group: source.groupId });
    case 'member':
      return hashOf('people', { member: source.memberId });
  }
}

function sourceWords(source: StorySource): string {
  switch (source.kind) {
    case 'record':
      return source.request;
    case 'finding':
      return 'See the finding';
    case 'hold':
      return 'See who is held';
    case 'group':
      return 'See the group';
    case 'member':
      return 'See them';
  }
}
