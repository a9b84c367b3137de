// The demo's first page: its identity providers side by side, and where to look at Rollcall meanwhile. Knows no console.
import type { ReactElement } from 'react';
import { AdminFrame, type Desk } from './admin-frame.tsx';
import type { DemoProvider } from './demo-providers.ts';
import type { Said } from './provider-actions.ts';
import { stateOf } from './provider-state.ts';
import { owner } from './rollcall-admin.ts';

interface OverviewProps {
  readonly desk: Desk;
  readonly extensionId: string;
  readonly said: Said | undefined;
}

export function OverviewPage({ desk, extensionId, said }: OverviewProps): ReactElement {
  const address = (page: string) => `chrome-extension://${extensionId}/${page}`;
  return (
    <AdminFrame desk={desk} title="Larkspur Foundry and its identity providers" said={said}>
      <div className="cards" id="providers" data-live>
        {desk.providers.map((provider) => (
          <ProviderCard key={provider.key} provider={provider} now={desk.clock.now} />
        ))}
      </div>
      <section>
        <h2>Rollcall beside it</h2>
        <p>
          Play the company’s IT department here, and see in Rollcall what it makes of it. The extension’s
          pages open in the browser that has the extension: copy an address there, or use its button.
        </p>
        <dl>
          <dt>Members</dt>
          <dd>
            <code>{address('members.html#/people')}</code>
          </dd>
          <dt>Side panel</dt>
          <dd>
            <code>{address('sidepanel.html')}</code>
          </dd>
          <dt>Server</dt>
          <dd>
            <a href={desk.server}>{desk.server}</a>, where {owner.email} signs in
          </dd>
          <dt>Mails</dt>
          <dd>
            <a href={`${desk.server}/outbox`}>{`${desk.server}/outbox`}</a>
          </dd>
        </dl>
      </section>
    </AdminFrame>
  );
}

function ProviderCard({ provider, now }: { provider: DemoProvider; now: number }): ReactElement {
  const { tone, sentence, facts } = stateOf(provider, now);
  const broken = provider.idp.faults();
  return (
    <section aria-labelledby={`card-${provider.key}`}>
      <h2 id={`card-${provider.key}`}>
        <a href={`/${provider.key}`}>{provider.name}</a>
      </h2>
      <p className={`state ${tone}`}>{sentence}</p>
      <p className="quiet">{provider.shows}</p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} style={{ display: 'contents' }}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {broken.length > 0 && <p className="state attention">{broken.map(({ says }) => says).join(' ')}</p>}
    </section>
  );
}
