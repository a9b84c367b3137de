// `rollcall connection create | list | delete`: the links that identity providers provision through.
import { type Command, Option } from 'commander';
import {
  type ConnectionKind,
  type ConnectionMode,
  connectionKinds,
  connectionModes,
} from '../../shared/provisioning.ts';
import type { Db } from '../db/database.ts';
import { countManagedGroups } from '../groups/group-store.ts';
import { countManagedMembers } from '../members/member-store.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { createConnection, defaultTokenDays, deleteConnection } from '../provisioning/change-connection.ts';
import { baseUrlOf } from '../provisioning/connection-address.ts';
import { type ConnectionRow, listConnections } from '../provisioning/connection-store.ts';
import { CliError } from './cli-error.ts';
import { type CommandContext, operatorRequest } from './command-context.ts';
import { connectionDocument, connectionWords, type ListedConnection } from './connection-listing.ts';
import { addConnectionToken } from './connection-token.ts';
import { issuedTokenWords } from './issued-token.ts';
import { connectionNamed, orgNamed } from './named-rows.ts';
import { publicUrlAdvice } from './next-steps.ts';
import { withDirectory } from './open-directory.ts';
import { daysOrNull, nameValue, type TokenDays, tokenDaysValue } from './option-values.ts';
import { publicUrlOf } from './server-url.ts';
import { countOf, isoOrNull } from './wording.ts';

interface CreateOptions {
  readonly org: string;
  readonly kind: ConnectionKind;
  readonly name: string;
  readonly mode: ConnectionMode;
  readonly tokenDays: TokenDays;
}

export function addConnection(program: Command, context: CommandContext): void {
  const connection = program
    .command('connection')
    .description('make, list and delete the links that identity providers provision through');

  connection
    .command('create')
    .description('make a connection and show its base URL and token')
    .requiredOption('--org <slug>', 'short name of the organisation')
    .addOption(
      new Option('--kind <kind>', 'which identity provider it is for')
        .choices(connectionKinds)
        .makeOptionMandatory(),
    )
    .requiredOption('--name <name>', 'what people call the connection', nameValue)
    .addOption(
      new Option(
        '--mode <mode>',
        'tolerant takes what identity providers send, strict only what the RFCs allow',
      )
        .choices(connectionModes)
        .default('tolerant'),
    )
    .option('--token-days <days>', 'how long the token lives, or "never"', tokenDaysValue, defaultTokenDays)
    .action((options: CreateOptions) => create(context, options));

  connection
    .command('list')
    .description('show connections, their tokens and what they manage')
    .option('--org <slug>', 'only those of this organisation')
    .action(({ org }: { org?: string }) => list(context, org));

  addConnectionToken(connection, context);

  connection
    .command('delete')
    .description('delete a connection; the people and groups that it manages stay')
    .argument('<connection>', 'id of the connection')
    .option('--yes', 'do not ask')
    .action((id: string, { yes }: { yes?: true }) => remove(context, id, yes === true));
}

async function create(context: CommandContext, options: CreateOptions): Promise<void> {
  const config = context.config();
  const { kind, name, mode } = options;
  const tokenDays = daysOrNull(options.tokenDays);
  await withDirectory(config, async (db) => {
    const { id: orgId } = await orgNamed(db, options.org);
    const made = await createConnection(context.changeDeps(db), {
      ...operatorRequest(),
      orgId,
      kind,
      name,
      mode,
      tokenDays,
    });
    const { token, expiresAt } = made;
    const baseUrl = baseUrlOf(publicUrlOf(config), made.connection.id);
    context.report(
      { connectionId: made.connection.id, baseUrl, token, expiresAt: isoOrNull(expiresAt) },
      `The connection "${name}" is ready.\n\n${issuedTokenWords({ baseUrl, token, expiresAt })}`,
    );
    if (config.publicUrl === undefined) context.note(`\n${publicUrlAdvice}`);
  });
}

async function list(context: CommandContext, slug: string | undefined): Promise<void> {
  const config = context.config();
  await withDirectory(config, async (db) => {
    const orgs = slug === undefined ? await listOrgs(db) : [await orgNamed(db, slug)];
    const listed: ListedConnection[] = [];
    for (const org of orgs) {
      for (const connection of await listConnections(db, org.id)) {
        const baseUrl = baseUrlOf(publicUrlOf(config), connection.id);
        listed.push({ org, connection, baseUrl, ...(await countManaged(db, connection)) });
      }
    }
    const words = listed.map((each) => connectionWords(each, context.now()));
    context.report(
      { connections: listed.map((each) => connectionDocument(each, context.now())) },
      words.length === 0
        ? `There is no connection yet. "${context.commandName} connection create --help" shows how to make one.`
        : words.join('\n\n'),
    );
  });
}

async function remove(context: CommandContext, connectionId: string, agreed: boolean): Promise<void> {
  await withDirectory(context.config(), async (db) => {
    const connection = await connectionNamed(db, connectionId);
    const consequences = deletionWords(connection, await countManaged(db, connection));
    if (!agreed) await askToDelete(context, consequences);
    const outcome = await deleteConnection(context.changeDeps(db), {
      ...operatorRequest(),
      orgId: connection.org_id,
      connectionId,
    });
    const { membersReleased, groupsReleased } = outcome;
    const released = `${people(membersReleased)} and ${groups(groupsReleased)}`;
    context.report(
      { connectionId, ...outcome },
      `"${connection.name}" is deleted. It managed ${released}, which stay in the directory.`,
    );
  });
}

/** @throws CliError when nobody can be asked, or the answer is not yes */
async function askToDelete({ terminal, json, note }: CommandContext, consequences: string): Promise<void> {
  if (json || !terminal.interactive) {
    throw new CliError(
      'confirmation.missing',
      `${consequences}\nRepeat the command with --yes to delete it.`,
    );
  }
  note(consequences);
  const answer = await terminal.ask('Delete it? Type "yes" to go on: ');
  if (answer.trim().toLowerCase() !== 'yes') {
    throw new CliError('confirmation.declined', 'Nothing was deleted.');
  }
}

interface Managed {
  readonly members: number;
  readonly groups: number;
}

async function countManaged(db: Db, { org_id: orgId, id }: ConnectionRow): Promise<Managed> {
  return {
    members: await countManagedMembers(db, orgId, id),
    groups: await countManagedGroups(db, orgId, id),
  };
}

function deletionWords({ name }: ConnectionRow, managed: Managed): string {
  const stops = `Its tokens end at once, and its identity provider can no longer reach the directory.`;
  if (managed.members + managed.groups === 0) return `"${name}" manages nobody. ${stops}`;
  return (
    `"${name}" manages ${people(managed.members)} and ${groups(managed.groups)}. ${stops}\n` +
    'They stay as they are and become unmanaged: people keep their access, and nobody is added, changed or ' +
    'deactivated by an identity provider until another connection takes them over.'
  );
}

const people = (n: number): string => countOf(n, 'person', 'people');
const groups = (n: number): string => countOf(n, 'group', 'groups');
