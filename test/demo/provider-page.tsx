// One identity provider's console on one page: how it is, what can go wrong in it, its people, its groups, what it sent. Knows
// what can be seen; what a button does, it does not.
import type { ReactElement } from 'react';
import { faults } from '../idp/faults.ts';
import { AdminFrame, type Desk, Press } from './admin-frame.tsx';
import type { DemoProvider } from './demo-providers.ts';
import { timeOfDay } from './demo-time.ts';
import { faultWords, findsOf } from './fault-words.ts';
import { faultsOf, type Said } from './provider-actions.ts';
import { GroupList, PeopleList } from './provider-lists.tsx';
import { stateOf } from './provider-state.ts';

interface ProviderProps {
  readonly desk: Desk;
  readonly provider: DemoProvider;
  /** What people are searched by. */
  readonly query: string;
  readonly said: Said | undefined;
}

export function ProviderPage({ desk, provider, query, said }: ProviderProps): ReactElement {
  return (
    <AdminFrame desk={desk} title={provider.name} place={provider.key} said={said}>
      <p className="quiet">{provider.shows}</p>
      <div className="columns">
        <StateSection provider={provider} now={desk.clock.now} />
        <ConnectionSection provider={provider} />
      </div>
      <FaultSection provider={provider} />
      <PeopleList provider={provider} query={query} />
      <GroupList provider={provider} />
      <RequestSection provider={provider} />
    </AdminFrame>
  );
}

function StateSection({ provider, now }: { provider: DemoProvider; now: number }): ReactElement {
  const { tone, sentence, facts } = stateOf(provider, now);
  const isEntra = provider.kind === 'entra';
  return (
    <section aria-labelledby="state-title">
      <h2 id="state-title">Provisioning</h2>
      <div id="state" data-live>
        <p className={`state ${tone}`}>{sentence}</p>
        <dl>
          {facts.map(([name, value]) => (
            <div key={name} style={{ display: 'contents' }}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="bar">
        <Press provider={provider} what="test" isFirst>
          {isEntra ? 'Test Connection' : 'Test API Credentials'}
        </Press>
        <Press provider={provider} what="start">
          Start
        </Press>
        <Press provider={provider} what="stop">
          Stop
        </Press>
        {isEntra && (
          <Press provider={provider} what="restart">
            Restart provisioning
          </Press>
        )}
        {!isEntra && (
          <Press provider={provider} what="retry-tasks">
            Retry tasks
          </Press>
        )}
        {!isEntra && (
          <Press provider={provider} what="provision-users">
            Provision earlier users
          </Press>
        )}
      </div>
    </section>
  );
}

function ConnectionSection({ provider }: { provider: DemoProvider }): ReactElement {
  const url = provider.kind === 'okta' ? provider.idp.settings().baseUrl : provider.idp.settings().tenantUrl;
  return (
    <section aria-labelledby="connection-title">
      <h2 id="connection-title">Connection</h2>
      <dl>
        <dt>{provider.kind === 'okta' ? 'Base URL' : 'Tenant URL'}</dt>
        <dd>
          <code>{url}</code>
        </dd>
      </dl>
      <form method="post" action={`/${provider.key}/do`}>
        <div className="field">
          <label htmlFor="token">{provider.kind === 'okta' ? 'API token' : 'Secret Token'}</label>
          <span className="hint">Make a second token in Rollcall, and paste it here.</span>
          <input id="token" name="token" autoComplete="off" />
        </div>
        <button type="submit" name="what" value="paste-token" className="second">
          Save the token
        </button>
      </form>
    </section>
  );
}

function FaultSection({ provider }: { provider: DemoProvider }): ReactElement {
  const inForce = provider.idp.faults();
  return (
    <section aria-labelledby="faults-title">
      <h2 id="faults-title">What an admin can do wrong here</h2>
      <ul className="faults">
        {faultsOf(provider).map((name) => {
          const isBroken = inForce.includes(faults[name]);
          const words = faultWords[name];
          const does = words?.does ?? faults[name].says;
          return (
            <li key={name}>
              <h3>
                {does}
                {isBroken && <span className="mark">is so now</span>}
              </h3>
              <p className="quiet">{`Rollcall: ${findsOf(provider, name)}`}</p>
              <Press
                provider={provider}
                what={isBroken ? 'mend' : 'break'}
                fields={{ fault: name }}
                label={`${isBroken ? 'Mend it' : 'Do it'}: ${does}`}
                isFirst={isBroken}
              >
                {isBroken ? 'Mend it' : 'Do it'}
              </Press>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** So many requests are shown. */
const shown = 25;

function RequestSection({ provider }: { provider: DemoProvider }): ReactElement {
  const { sent } = provider.idp;
  return (
    <section aria-labelledby="sent-title">
      <h2 id="sent-title">What it sent last</h2>
      <div id="sent" data-live>
        <table>
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">Request</th>
              <th scope="col">Answer</th>
            </tr>
          </thead>
          <tbody>
            {sent
              .slice(-shown)
              .map((request, index) => ({ ...request, number: Math.max(0, sent.length - shown) + index }))
              .toReversed()
              .map(({ number, at, method, path, status }) => (
                <tr key={number}>
                  <td>{timeOfDay(at)}</td>
                  <td>
                    <code>{`${method} ${path.replace(/^\/c\/[\w-]+/, '…')}`}</code>
                  </td>
                  <td className={`state ${status > 0 && status < 400 ? 'ok' : 'bad'}`}>
                    {status === 0 ? 'none' : status}
                  </td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
