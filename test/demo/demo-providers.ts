// The demo's four identity providers, each with a connection of its own and its part of the company. Knows how they are set
// up, not what happens in them later.
import { type AskedInOrg, changeDepsOf } from '../../server/audit/change-context.ts';
import { createConnection } from '../../server/provisioning/change-connection.ts';
import { baseUrlOf } from '../../server/provisioning/connection-address.ts';
import type { ButtonAnswer } from '../idp/console-button.ts';
import { mendedEntra } from '../idp/entra-settings.ts';
import { mendedOkta } from '../idp/okta-settings.ts';
import { openSimulatedEntra, type SimulatedEntra } from '../idp/simulated-entra.ts';
import { openSimulatedOkta, type SimulatedOkta } from '../idp/simulated-okta.ts';
import type { DemoServer } from './demo-server.ts';

interface Kept {
  /** What it is called in addresses of the admin page. */
  readonly key: string;
  /** The connection's name in Rollcall. */
  readonly name: string;
  /** Which of the consoles' ways it shows. */
  readonly shows: string;
  readonly connectionId: string;
  /** Its part of the company, in percent. */
  readonly percent: number;
  readonly groups: readonly string[];
}

export type DemoProvider =
  | (Kept & { readonly kind: 'okta'; readonly idp: SimulatedOkta })
  | (Kept & { readonly kind: 'entra'; readonly idp: SimulatedEntra });

interface Plan extends Omit<Kept, 'connectionId'> {
  readonly opens: 'aiw' | 'oin' | 'default' | 'flagged';
  /** Null: the token does not expire. */
  readonly tokenDays: number | null;
}

/** The group that the fourth provider gives up by mistake, with its people. */
export const givenUpGroup = 'Export Desk';

/** Four ways of provisioning into one organisation. `days` is how long it will have lived when somebody looks. */
export function plansOf(days: number): readonly [Plan, Plan, Plan, Plan] {
  return [
    {
      key: 'okta-wizard',
      name: 'Okta (workshops)',
      shows: 'An Okta app made by the App Integration Wizard: everything by PUT.',
      opens: 'aiw',
      percent: 37,
      tokenDays: null,
      groups:
        'Kiln Crew, Glaze Leads, Night Shift, Dye House, Throwers, Apprentices, Studio Safety, Mould Shop, Wheelwrights'.split(
          ', ',
        ),
    },
    {
      key: 'okta-catalogue',
      name: 'Okta (offices)',
      shows: 'An Okta app from the catalogue: PATCH where Okta can.',
      opens: 'oin',
      percent: 24,
      tokenDays: null,
      groups: 'Finance, Buyers, Front Office, Payroll, Planning, Legal'.split(', '),
    },
    {
      key: 'entra',
      name: 'Entra ID',
      shows: 'An Entra enterprise application as it comes: its own way of PATCH.',
      opens: 'default',
      percent: 22,
      tokenDays: null,
      groups: 'Warehouse, Drivers, Fleet, Returns, Customs, Depot North'.split(', '),
    },
    {
      key: 'entra-flagged',
      name: 'Entra ID (export)',
      shows: 'An Entra enterprise application with the compliance flag in its Tenant URL.',
      opens: 'flagged',
      percent: 17,
      tokenDays: days + 20,
      groups: [givenUpGroup, 'Trade Fairs', 'Showrooms', 'Translations', 'Interns'],
    },
  ];
}

/** Makes the connection in Rollcall and pastes its URL and token into the provider. */
export async function openProvider(
  server: DemoServer,
  asked: AskedInOrg,
  { opens, tokenDays, ...kept }: Plan,
): Promise<DemoProvider> {
  const kind = opens === 'aiw' || opens === 'oin' ? 'okta' : 'entra';
  const request = { ...asked, kind, mode: 'tolerant', name: kept.name, tokenDays } as const;
  const { connection, token } = await createConnection(changeDepsOf(server.deps), request);
  const baseUrl = baseUrlOf(server.url, connection.id);
  const common = { now: server.deps.now, seed: kept.key };
  const about = { ...kept, connectionId: connection.id };
  if (opens === 'aiw' || opens === 'oin') {
    const idp = openSimulatedOkta({ ...common, settings: mendedOkta(opens, baseUrl, token) });
    return { ...about, kind: 'okta', idp };
  }
  const settings = mendedEntra(baseUrl, token, opens === 'flagged');
  return { ...about, kind: 'entra', idp: openSimulatedEntra({ ...common, settings }) };
}

/** Whether somebody has the app, by themselves or by a group. */
export function isAssigned(provider: DemoProvider, personId: string): boolean {
  return provider.kind === 'okta' ? provider.idp.isAssigned(personId) : provider.idp.isInScope(personId);
}

/** Takes a person's account away, or gives it back. */
export function setEnabled(provider: DemoProvider, personId: string, enabled: boolean): void {
  if (provider.kind === 'entra') {
    if (enabled) provider.idp.enableAccount(personId);
    else provider.idp.disableAccount(personId);
  } else if (enabled) {
    provider.idp.reactivateUser(personId);
  } else {
    provider.idp.deactivateUser(personId);
  }
}

/** Has a group provisioned: Okta pushes it, Entra has it assigned. */
export function provisionGroup(provider: DemoProvider, groupId: string): void {
  if (provider.kind === 'okta') provider.idp.pushGroup(groupId);
  else provider.idp.assignGroup(groupId);
}

/** Stops having it provisioned; Okta is told to leave it where it is, Entra deletes it and lets its people go. */
export function releaseGroup(provider: DemoProvider, groupId: string): void {
  if (provider.kind === 'okta') provider.idp.unlinkGroup(groupId, 'leave');
  else provider.idp.unassignGroup(groupId);
}

/** The console's own button for it. */
export function testProvider({ kind, idp }: DemoProvider): Promise<ButtonAnswer> {
  return kind === 'okta' ? idp.testCredentials() : idp.testConnection();
}
