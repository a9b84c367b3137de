// What the operator can do next, given what is in the directory. Reads, and changes nothing.
import type { Config } from '../config.ts';
import type { Db } from '../db/database.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { listConnections } from '../provisioning/connection-store.ts';

/** A server that runs: where people reach it, and what its set-up page asks for. */
export interface Served {
  readonly url: string;
  readonly setUpCode: string;
}

/** One sentence and the command for it; with the page for it where a server runs. */
export async function nextSteps(
  db: Db,
  commandName: string,
  config: Pick<Config, 'publicUrl'>,
  served?: Served,
): Promise<string> {
  const orgs = await listOrgs(db);
  const [org] = orgs;
  if (org === undefined) {
    const command = `${commandName} setup --org "Your Company" --owner you@your-company.example`;
    if (served === undefined) return step('name your organisation and its owner.', [command]);
    const page = `open ${served.url}/set-up and type the code ${served.setUpCode} there`;
    return step('name your organisation and its owner.', [page, `or run: ${command}`]);
  }
  const connections = (await Promise.all(orgs.map(({ id }) => listConnections(db, id)))).flat();
  if (connections.length === 0) {
    const steps = step('make a connection, and paste its URL and token into your identity provider.', [
      `${commandName} connection create --org ${org.slug} --kind okta --name Okta`,
      `${commandName} connection create --org ${org.slug} --kind entra --name Entra`,
    ]);
    const words = served === undefined ? steps : `${signIn(served)}\n\n${steps}`;
    return config.publicUrl === undefined ? `${words}\n\n${publicUrlAdvice}` : words;
  }
  const names = connections.map(({ name }) => `"${name}"`).join(', ');
  const state = `Connections: ${names}. "${commandName} connection list" shows their URLs, tokens and last contact.`;
  return served === undefined ? state : `${signIn(served)}\n\n${state}`;
}

const signIn = ({ url }: Served): string => `Admins sign in at ${url}/sign-in.`;

/** Why a base URL on this computer's own address is seldom what an identity provider needs. */
export const publicUrlAdvice =
  'Okta and Entra call from the internet: set PUBLIC_URL to the https address that they reach this server by.';

function step(what: string, commands: readonly string[]): string {
  return `Next: ${what}\n\n${commands.map((command) => `  ${command}`).join('\n')}`;
}
