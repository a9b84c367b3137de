// Mounts the members page.
import { StandingGate } from '../../connect/standing-gate.tsx';
import { later } from '../../lib/later.ts';
import { mountPage } from '../../lib/mount-page.tsx';
import { readBeforehand } from '../../members/kept-value.ts';
import { isMembersAsOpened } from '../../members/members-as-opened.ts';
import { MembersView } from '../../members/members-view.tsx';
import { attributesOf, knownColumns } from '../../members/people-columns.ts';
import { askForPeople } from '../../members/people-pages.ts';
import { peopleQueryOf, withAttributes } from '../../members/people-query.ts';
import { placeOf } from '../../members/route.ts';
import './styles.ts';

const ConnectView = later(async () => (await import('../../connect/connect-view.tsx')).ConnectView);

const kept = readBeforehand('columns', 'savedViews');

void mountPage({
  connect: (opened) => <ConnectView opened={opened} />,
  main: () => (
    <StandingGate>
      <MembersView />
    </StandingGate>
  ),
  isAsOpened: isMembersAsOpened,
  async beforehand({ api, queries }) {
    const { section, params } = placeOf(location.hash);
    if (section !== 'people') return;
    const attributes = attributesOf(knownColumns((await kept).columns));
    await askForPeople(api, queries, withAttributes(peopleQueryOf(params), attributes));
  },
});
