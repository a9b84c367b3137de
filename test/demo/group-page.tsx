// One group in an identity provider: its name, its members, and whether it is provisioned. Knows fields and buttons.
import type { ReactElement } from 'react';
import type { Group } from '../idp/simulated-company.ts';
import { AdminFrame, type Desk, Press } from './admin-frame.tsx';
import type { DemoProvider } from './demo-providers.ts';
import type { Said } from './provider-actions.ts';
import { isProvisioned } from './provider-state.ts';

interface GroupProps {
  readonly desk: Desk;
  readonly provider: DemoProvider;
  readonly group: Group;
  readonly said: Said | undefined;
}

export function GroupPage({ desk, provider, group, said }: GroupProps): ReactElement {
  const { id, name, members } = group;
  const { people } = provider.idp.company;
  const isOkta = provider.kind === 'okta';
  return (
    <AdminFrame desk={desk} title={name} place={provider.key} said={said}>
      <p>
        <a href={`/${provider.key}`}>{`All groups of ${provider.name}`}</a>
      </p>
      <section aria-labelledby="group-title">
        <h2 id="group-title">Group</h2>
        <div className="bar">
          <form method="post" action={`/${provider.key}/do`}>
            <input type="hidden" name="id" value={id} />
            <div className="field">
              <label htmlFor="name">Name</label>
              <input id="name" name="name" defaultValue={name} autoComplete="off" />
            </div>
            <button type="submit" name="what" value="rename-group">
              Rename
            </button>
          </form>
          <Press provider={provider} what={isProvisioned(provider, id) ? 'release' : 'push'} fields={{ id }}>
            {groupVerb(isOkta, isProvisioned(provider, id))}
          </Press>
          <Press provider={provider} what="delete-group" fields={{ id }}>
            Delete the group
          </Press>
        </div>
      </section>
      <section aria-labelledby="members-title">
        <h2 id="members-title">Members</h2>
        <form method="post" action={`/${provider.key}/do`} className="bar">
          <input type="hidden" name="id" value={id} />
          <div className="field">
            <label htmlFor="email">E-mail of who joins</label>
            <input id="email" name="email" list="everybody" autoComplete="off" />
            <datalist id="everybody">
              {[...people.values()].map((person) => (
                <option key={person.id} value={person.email}>
                  {person.displayName}
                </option>
              ))}
            </datalist>
          </div>
          <button type="submit" name="what" value="add-member" className="second">
            Add
          </button>
        </form>
        <ul className="rows">
          {[...members].map((member) => (
            <li key={member}>
              <a href={`/${provider.key}/people/${member}`}>{people.get(member)?.displayName ?? member}</a>
              <Press
                provider={provider}
                what="remove-member"
                fields={{ id, member }}
                label={`Take ${people.get(member)?.displayName ?? member} out`}
              >
                Take out
              </Press>
            </li>
          ))}
        </ul>
      </section>
    </AdminFrame>
  );
}

function groupVerb(isOkta: boolean, provisioned: boolean): string {
  if (isOkta) return provisioned ? 'Unlink the push' : 'Push';
  return provisioned ? 'Unassign' : 'Assign';
}
