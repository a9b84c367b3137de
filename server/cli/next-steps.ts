// What the operator can do next, given what is in the directory. Reads, and changes nothing.
import type { Config } from '../config.ts';
import type { Db } from '../db/database.ts';
import { listOrgs } from '../orgs/org-store.ts';
import { listConnections } from '../provisioning/connection-store.ts';

/** One sentence and the command for it. */
export async function nextSteps(
  db: Db,
  commandName: string,
  config: Pick<Config, 'publicUrl'>,
): Promise<string> {
  const orgs = await listOrgs(db);
  const [org] = orgs;
  if (org === undefined) {
    return step('name your organisation and its owner.', [
      `${commandName} setup --org "Your Company" --owner you@your-company.example`,
    ]);
  }
  const connections = (await Promise.all(orgs.map(({ id }) => listConnections(db, id)))).flat();
  if (connections.length === 0) {
    const steps = step('make a connection, and paste its URL and token into your identity provider.', [
      `${commandName} connection create --org ${org.slug} --kind okta --name Okta`,
      `${commandName} connection create --org ${org.slug} --kind entra --name Entra`,
    ]);
    return config.publicUrl === undefined ? `${steps}\n\n${publicUrlAdvice}` : steps;
  }
  const names = connections.map(({ name }) => `"${name}"`).join(', ');
  return `Connections: ${names}. "${commandName} connection list" shows their URLs, tokens and last contact.`;
}

/** Why a base URL on this computer's own address is seldom what an identity provider needs. */
export const publicUrlAdvice =
  'Okta and Entra call from the internet: set PUBLIC_URL to the https address that they reach this server by.';

function step(what: string, commands: readonly string[]): string {
  return `Next: ${what}\n\n${commands.map((command) => `  ${command}`).join('\n')}`;
}
