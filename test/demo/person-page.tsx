// One person in an identity provider: the profile, and what an admin can do to them. Knows fields and buttons.
import type { ReactElement } from 'react';
import type { Person } from '../idp/simulated-company.ts';
import { AdminFrame, type Desk, Press } from './admin-frame.tsx';
import { type DemoProvider, isAssigned } from './demo-providers.ts';
import type { Said } from './provider-actions.ts';
import { standingOf } from './provider-state.ts';

interface PersonProps {
  readonly desk: Desk;
  readonly provider: DemoProvider;
  readonly person: Person;
  readonly said: Said | undefined;
}

const fields = [
  ['givenName', 'Given name'],
  ['familyName', 'Family name'],
  ['title', 'Title'],
  ['department', 'Department'],
] as const;

export function PersonPage({ desk, provider, person, said }: PersonProps): ReactElement {
  const { id, email, displayName, enabled } = person;
  const assigned = isAssigned(provider, id);
  const groups = provider.idp.company.groupsOf(id);
  return (
    <AdminFrame desk={desk} title={displayName} place={provider.key} said={said}>
      <p>
        <a href={`/${provider.key}`}>{`Everybody in ${provider.name}`}</a>
      </p>
      <div className="columns">
        <section aria-labelledby="profile-title">
          <h2 id="profile-title">Profile</h2>
          <form method="post" action={`/${provider.key}/do`}>
            <input type="hidden" name="id" value={id} />
            {fields.map(([name, label]) => (
              <div key={name} className="field">
                <label htmlFor={name}>{label}</label>
                <input id={name} name={name} defaultValue={person[name] ?? ''} autoComplete="off" />
              </div>
            ))}
            <button type="submit" name="what" value="change-profile">
              Save
            </button>
          </form>
        </section>
        <section aria-labelledby="standing-title">
          <h2 id="standing-title">Provisioning</h2>
          <dl id="standing" data-live>
            <dt>E-mail</dt>
            <dd>{email}</dd>
            <dt>Account</dt>
            <dd>{enabled ? 'enabled' : 'disabled'}</dd>
            <dt>Assigned</dt>
            <dd>{assigned ? 'yes' : 'no'}</dd>
            <dt>In Rollcall</dt>
            <dd>{standingOf(provider, id)}</dd>
            <dt>Groups</dt>
            <dd>{groups.length === 0 ? 'none' : groups.map(({ name }) => name).join(', ')}</dd>
          </dl>
          <div className="bar">
            <Press provider={provider} what={assigned ? 'unassign' : 'assign'} fields={{ id }}>
              {assigned ? 'Unassign' : 'Assign'}
            </Press>
            <Press provider={provider} what={enabled ? 'disable' : 'enable'} fields={{ id }}>
              {enabled ? 'Disable' : 'Enable'}
            </Press>
            {provider.kind === 'entra' && (
              <Press provider={provider} what="on-demand" fields={{ id }}>
                Provision on demand
              </Press>
            )}
          </div>
        </section>
      </div>
    </AdminFrame>
  );
}
