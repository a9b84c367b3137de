// Who somebody is: what the directory says of them, which of it a connection writes, their groups and their role.
import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Outputs } from '../lib/api.ts';
import { attributeLabel, valueWords } from './attribute-words.ts';
import classes from './member-drawer.module.css';
import { roleWords } from './member-status-mark.tsx';
import { hashOf } from './route.ts';

type Profile = Outputs['members']['get'];

export function DrawerProfile({
  person,
  onOpen,
}: {
  readonly person: Profile;
  readonly onOpen: (memberId: string) => void;
}) {
  const { title, department, manager, emails, userName, groups, connection, managedFields, custom } = person;
  const managed = (field: Profile['managedFields'][number]) =>
    connection !== null && managedFields.includes(field) ? <ManagedBy name={connection.name} /> : null;
  const others = emails.filter(({ address }) => address !== person.email);
  return (
    <dl className={classes.facts}>
      {title !== null && (
        <Fact name="Title">
          {title} {managed('title')}
        </Fact>
      )}
      {department !== null && (
        <Fact name="Department">
          {department} {managed('department')}
        </Fact>
      )}
      {manager !== null && (
        <Fact name="Manager">
          <Manager {...manager} onOpen={onOpen} /> {managed('manager')}
        </Fact>
      )}
      {userName !== person.email && (
        <Fact name="User name">
          {userName} {managed('userName')}
        </Fact>
      )}
      {others.length > 0 && (
        <Fact name="Also">
          {others.map(({ address }) => address).join(', ')} {managed('emails')}
        </Fact>
      )}
      {custom.map(({ name, description, value }) => (
        <Fact key={name} name={attributeLabel(name)} meaning={description}>
          <span dir="auto">{valueWords(value)}</span> {managed('custom')}
        </Fact>
      ))}
      <Fact name="Groups">
        <Groups groups={groups} />
      </Fact>
      <Fact name="Role">{roleSentence(person)}</Fact>
      <Fact name="Managed by">{connection === null ? 'Nobody: added by hand' : connection.name}</Fact>
    </dl>
  );
}

function Fact({
  name,
  meaning,
  children,
}: {
  readonly name: string;
  readonly meaning?: string;
  readonly children: ReactNode;
}) {
  return (
    <>
      <dt title={meaning || undefined}>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function ManagedBy({ name }: { readonly name: string }) {
  return (
    <span className={classes.managed} title={`${name} writes this; change it there.`}>
      <IconLock size={12} role="img" aria-label="Managed by" />
      {name}
    </span>
  );
}

function Manager({
  memberId,
  name,
  onOpen,
}: {
  readonly memberId: string | null;
  readonly name: string;
  readonly onOpen: (memberId: string) => void;
}) {
  if (memberId === null) return name;
  return (
    <button type="button" className={classes.link} onClick={() => onOpen(memberId)}>
      {name}
    </button>
  );
}

function Groups({ groups }: { readonly groups: Profile['groups'] }) {
  if (groups.length === 0) return 'In no group';
  return (
    <ul className={classes.groups}>
      {groups.map(({ id, name }) => (
        <li key={id}>
          <a
            className={classes.group}
            href={hashOf('people', { groupId: id })}
            title={`Everybody in ${name}`}
          >
            {name}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** "Admin, by group Owners": the role, and where it comes from. */
function roleSentence({ role, roleSource }: Pick<Profile, 'role' | 'roleSource'>): string {
  const word = roleWords[role];
  if (roleSource.by === 'group') return `${word}, by group ${roleSource.groupName}`;
  return roleSource.by === 'hand' ? `${word}, given by hand` : word;
}
