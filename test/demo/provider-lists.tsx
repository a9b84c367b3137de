// The people and the groups of one identity provider, with what an admin does to them most. Knows lists, no page.
import type { ReactElement } from 'react';
import type { Person } from '../idp/simulated-company.ts';
import { Press } from './admin-frame.tsx';
import { type DemoProvider, isAssigned } from './demo-providers.ts';
import { isProvisioned, standingOf } from './provider-state.ts';

/** So many people are listed at once; a search finds the others. */
const most = 15;

export function PeopleList({ provider, query }: { provider: DemoProvider; query: string }): ReactElement {
  const all = [...provider.idp.company.people.values()];
  const wanted = query.trim().toLowerCase();
  const found = all.filter(({ displayName, email }) =>
    `${displayName} ${email}`.toLowerCase().includes(wanted),
  );
  // Whoever came last is who was just hired.
  const listed = found.toReversed().slice(0, most);
  return (
    <section aria-labelledby="people-title">
      <h2 id="people-title">People</h2>
      <div className="bar">
        <form method="get" action={`/${provider.key}`}>
          <div className="field">
            <label htmlFor="q">Search people</label>
            <input id="q" name="q" type="search" defaultValue={query} />
          </div>
          <button type="submit" className="second">
            Search
          </button>
        </form>
        <form method="post" action={`/${provider.key}/do`}>
          <div className="field">
            <label htmlFor="hire">Hire somebody</label>
            <input id="hire" name="name" placeholder="Noor Haddad" autoComplete="off" />
          </div>
          <button type="submit" name="what" value="hire">
            Hire and assign
          </button>
        </form>
      </div>
      <div className="scroll" id="people" data-live>
        <table>
          <caption className="visually-hidden">People of {provider.name}, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Title</th>
              <th scope="col">In Rollcall</th>
              <th scope="col">Assignment</th>
              <th scope="col">Account</th>
            </tr>
          </thead>
          <tbody>
            {listed.map((person) => (
              <PersonRow key={person.id} provider={provider} person={person} />
            ))}
          </tbody>
        </table>
        <p className="quiet small">{`${listed.length} of ${found.length} people`}</p>
      </div>
    </section>
  );
}

function PersonRow({ provider, person }: { provider: DemoProvider; person: Person }): ReactElement {
  const { id, displayName, title, enabled } = person;
  const assigned = isAssigned(provider, id);
  return (
    <tr>
      <td>
        <a href={`/${provider.key}/people/${id}`}>{displayName}</a>
      </td>
      <td>{title}</td>
      <td>{standingOf(provider, id)}</td>
      <td>
        <Press
          provider={provider}
          what={assigned ? 'unassign' : 'assign'}
          fields={{ id }}
          label={`${assigned ? 'Unassign' : 'Assign'} ${displayName}`}
        >
          {assigned ? 'Unassign' : 'Assign'}
        </Press>
      </td>
      <td>
        <Press
          provider={provider}
          what={enabled ? 'disable' : 'enable'}
          fields={{ id }}
          label={`${enabled ? 'Disable' : 'Enable'} ${displayName}`}
        >
          {enabled ? 'Disable' : 'Enable'}
        </Press>
      </td>
    </tr>
  );
}

export function GroupList({ provider }: { provider: DemoProvider }): ReactElement {
  const isOkta = provider.kind === 'okta';
  return (
    <section aria-labelledby="groups-title">
      <h2 id="groups-title">Groups</h2>
      <div className="bar">
        <form method="post" action={`/${provider.key}/do`}>
          <div className="field">
            <label htmlFor="group">New group</label>
            <input id="group" name="name" autoComplete="off" />
          </div>
          <button type="submit" name="what" value="new-group" className="second">
            Create
          </button>
        </form>
      </div>
      <div className="scroll" id="groups" data-live>
        <table>
          <caption className="visually-hidden">Groups of {provider.name}</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Members</th>
              <th scope="col">In Rollcall</th>
              <th scope="col">{isOkta ? 'Push' : 'Assignment'}</th>
            </tr>
          </thead>
          <tbody>
            {[...provider.idp.company.groups.values()].map(({ id, name, members }) => {
              const provisioned = isProvisioned(provider, id);
              const verb = provisioned ? (isOkta ? 'Unlink' : 'Unassign') : isOkta ? 'Push' : 'Assign';
              return (
                <tr key={id}>
                  <td>
                    <a href={`/${provider.key}/groups/${id}`}>{name}</a>
                  </td>
                  <td>{members.size}</td>
                  <td>{provisioned ? 'provisioned' : 'not sent'}</td>
                  <td>
                    <Press
                      provider={provider}
                      what={provisioned ? 'release' : 'push'}
                      fields={{ id }}
                      label={`${verb} ${name}`}
                    >
                      {verb}
                    </Press>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
