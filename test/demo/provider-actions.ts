// What can be pressed on the admin page, by name, and what each does in the provider's console. Knows no HTML and no server.
import { type FaultName, faults } from '../idp/faults.ts';
import type { CompanyLife } from './company-life.ts';
import { domain } from './demo-names.ts';
import {
  type DemoProvider,
  provisionGroup,
  releaseGroup,
  setEnabled,
  testProvider,
} from './demo-providers.ts';
import { faultWords, findsOf } from './fault-words.ts';

/** What came of it, for whoever pressed. */
export interface Said {
  readonly ok: boolean;
  readonly text: string;
}

/** What a form brings. */
export type Fields = Readonly<Partial<Record<string, string>>>;

type Action = (provider: DemoProvider, fields: Fields, life: CompanyLife) => Promise<Said>;

const done = (text: string): Said => ({ ok: true, text });
const refused = (text: string): Said => ({ ok: false, text });

/** What the provider goes on to do by itself. */
const follows = ({ kind }: DemoProvider): string =>
  kind === 'okta' ? 'Okta sends it in two seconds.' : 'Entra sends it with its next cycle.';

const onPerson =
  (work: (provider: DemoProvider, id: string, fields: Fields) => string): Action =>
  async (provider, fields) => {
    const person = provider.idp.company.people.get(fields.id ?? '');
    if (person === undefined) return refused('There is nobody of this id here any more.');
    return done(`${person.displayName} ${work(provider, person.id, fields)} ${follows(provider)}`);
  };

const onGroup =
  (work: (provider: DemoProvider, id: string, fields: Fields) => string | undefined): Action =>
  async (provider, fields) => {
    const group = provider.idp.company.groups.get(fields.id ?? '');
    if (group === undefined) return refused('There is no group of this id here any more.');
    const words = work(provider, group.id, fields);
    if (words === undefined) return refused(`Nobody here has the address ${fields.email ?? ''}.`);
    return done(`${group.name} ${words} ${follows(provider)}`);
  };

const people = {
  hire: async (provider, fields, life) => {
    const [givenName = '', ...rest] = (fields.name ?? '').trim().split(/\s+/);
    const familyName = rest.join(' ');
    if (givenName !== '' && familyName === '') return refused('Type a given name and a family name.');
    const named = () => {
      const email = `${givenName}.${familyName}`.toLowerCase().replace(/[^a-z0-9.]+/g, '-');
      const person = provider.idp.hire({
        givenName,
        familyName,
        email: `${email}@${domain}`,
        title: 'Maker',
      });
      provider.idp.assign(person.id);
      return person;
    };
    const person = givenName === '' ? life.newcomer(provider) : named();
    return done(`${person.displayName} is hired and assigned. ${follows(provider)}`);
  },
  assign: onPerson(({ idp }, id) => {
    idp.assign(id);
    return 'is assigned.';
  }),
  unassign: onPerson(({ idp }, id) => {
    idp.unassign(id);
    return 'is no longer assigned by themselves.';
  }),
  disable: onPerson((provider, id) => {
    setEnabled(provider, id, false);
    return 'is disabled.';
  }),
  enable: onPerson((provider, id) => {
    setEnabled(provider, id, true);
    if (provider.kind === 'okta') provider.idp.assign(id);
    return 'is enabled.';
  }),
  'change-profile': onPerson(({ idp }, id, fields) => {
    const { givenName, familyName, title = '', department = '' } = { ...idp.company.person(id), ...fields };
    idp.changeProfile(id, {
      givenName,
      familyName,
      displayName: `${givenName} ${familyName}`,
      title: title === '' ? null : title,
      department: department === '' ? null : department,
    });
    return 'has a new profile.';
  }),
  'on-demand': async (provider, { id = '' }) => {
    if (provider.kind === 'okta' || !provider.idp.company.people.has(id))
      return refused('Only Entra provisions on demand.');
    const { ok, message } = await provider.idp.provisionOnDemand(id);
    return { ok, text: `Provision on demand: ${message}` };
  },
} satisfies Record<string, Action>;

const groups = {
  'new-group': async ({ idp }, { name = '' }) => {
    if (name.trim() === '') return refused('Type the name of the group.');
    idp.createGroup(name.trim());
    return done(`${name.trim()} is there, with nobody in it. Open it to add people and to provision it.`);
  },
  'rename-group': onGroup(({ idp }, id, { name = '' }) => {
    if (name.trim() !== '') idp.renameGroup(id, name.trim());
    return 'has the name that you typed.';
  }),
  push: onGroup((provider, id) => {
    provisionGroup(provider, id);
    return provider.kind === 'okta' ? 'is pushed.' : 'is assigned, and its people with it.';
  }),
  release: onGroup((provider, id) => {
    releaseGroup(provider, id);
    return provider.kind === 'okta'
      ? 'is no longer pushed.'
      : 'is no longer assigned, nor are those who were by it alone.';
  }),
  'add-member': onGroup(({ idp }, id, { email = '' }) => {
    const found = [...idp.company.people.values()].find((person) => person.email === email.trim());
    if (found === undefined) return undefined;
    idp.changeMembers(id, { add: [found.id] });
    return `has ${found.displayName} in it now.`;
  }),
  'remove-member': onGroup(({ idp }, id, { member = '' }) => {
    idp.changeMembers(id, { remove: [member] });
    return 'has one member less.';
  }),
  'delete-group': onGroup(({ idp }, id) => {
    idp.deleteGroup(id);
    return 'is deleted.';
  }),
} satisfies Record<string, Action>;

const app = {
  test: async (provider) => {
    const { ok, message } = await testProvider(provider);
    return { ok, text: `Test: ${message}` };
  },
  start: async ({ kind, idp }) => {
    if (kind === 'okta') idp.configure({ provisioning: true });
    else idp.start();
    return done('Provisioning is on.');
  },
  stop: async ({ kind, idp }) => {
    if (kind === 'okta') idp.configure({ provisioning: false });
    else idp.stop();
    return done('Provisioning is off.');
  },
  restart: async ({ kind, idp }) => {
    if (kind === 'okta') return refused('Only Entra restarts provisioning.');
    idp.restart();
    return done('Provisioning is restarted: everybody is read anew, at once.');
  },
  'retry-tasks': async ({ kind, idp }) => {
    if (kind === 'entra') return refused('Only Okta has tasks.');
    const count = idp.tasks().length;
    idp.retryTasks();
    return done(`${count} tasks are back in the queue.`);
  },
  'provision-users': async ({ kind, idp }) => {
    if (kind === 'entra') return refused('Only Okta provisions earlier users by a button.');
    idp.provisionUsers();
    return done('Whoever was assigned too early is provisioned now.');
  },
  'paste-token': async ({ kind, idp }, { token = '' }) => {
    if (token.trim() === '') return refused('Paste the token that Rollcall shows once.');
    if (kind === 'okta') idp.configure({ token: token.trim() });
    else idp.configure({ secretToken: token.trim() });
    return done('The token is pasted. Press Test.');
  },
  break: async (provider, { fault = '' }) => {
    const { idp } = provider;
    const name = faultNamed(fault);
    if (name === undefined) return refused('There is no such fault.');
    if (!idp.faults().includes(faults[name])) idp.breakWith(faults[name]);
    return done(`${faultWords[name]?.does ?? faults[name].says}: done. Rollcall: ${findsOf(provider, name)}`);
  },
  mend: async ({ idp }, { fault = '' }) => {
    const name = faultNamed(fault);
    if (name === undefined) return refused('There is no such fault.');
    idp.mend(faults[name]);
    return done(
      'Mended. The finding goes with the next request that shows it; press Test or change somebody.',
    );
  },
} satisfies Record<string, Action>;

const actions: Readonly<Record<string, Action>> = { ...people, ...groups, ...app };
export type ActionName = keyof typeof people | keyof typeof groups | keyof typeof app;

export async function pressButton(
  provider: DemoProvider,
  name: string,
  fields: Fields,
  life: CompanyLife,
): Promise<Said> {
  const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
  return action === undefined ? refused('There is no such button.') : action(provider, fields, life);
}

/** The faults that a kind of provider can have. */
export function faultsOf({ kind }: DemoProvider): readonly FaultName[] {
  return (Object.keys(faults) as FaultName[]).filter((name) => kind in faults[name].alters);
}

const faultNamed = (name: string): FaultName | undefined =>
  (Object.keys(faults) as FaultName[]).find((known) => known === name);
