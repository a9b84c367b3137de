// Simulated identity providers beside a server of their own, with a small company in each. Knows both kinds.
import { type DatabaseName, type ScimServer, startScimServer } from '../helpers/scim-server.ts';
import { mendedEntra } from './entra-settings.ts';
import { mendedOkta, type OktaSettings } from './okta-settings.ts';
import type { NewPerson } from './simulated-company.ts';
import { openSimulatedEntra, type SimulatedEntra } from './simulated-entra.ts';
import { openSimulatedOkta, type SimulatedOkta } from './simulated-okta.ts';
import { advance } from './simulated-time.ts';

/** A provider and the server that it provisions into, on one clock. */
export interface Session<Idp> {
  readonly server: ScimServer;
  readonly idp: Idp;
  /** Lets so many milliseconds go by. */
  pass(ms: number): Promise<void>;
  /** What was sent since the last call, as "GET /Users?… 200", below the base URL. */
  news(): readonly string[];
  close(): Promise<void>;
}

/** Puts something before a server and gives the base URL that stands for the server's own. */
export type Between = (baseUrl: string, server: ScimServer) => Promise<string>;

/** Starts a server and an Okta whose app is set up as the checklist asks. */
export async function oktaSession(
  app: OktaSettings['app'],
  behind?: Between,
  database: DatabaseName = 'sqlite',
): Promise<Session<SimulatedOkta>> {
  const server = await startScimServer({ kind: 'okta', database });
  const baseUrl = (await behind?.(server.baseUrl, server)) ?? server.baseUrl;
  const settings = mendedOkta(app, baseUrl, server.token);
  return sessionOf(server, openSimulatedOkta({ now: () => server.clock.now, settings }));
}

/** Starts a server and an Entra whose application is set up as the checklist asks, and not yet started. */
export async function entraSession(
  flagged: boolean,
  behind?: Between,
  database: DatabaseName = 'sqlite',
): Promise<Session<SimulatedEntra>> {
  const server = await startScimServer({ kind: 'entra', database });
  const baseUrl = (await behind?.(server.baseUrl, server)) ?? server.baseUrl;
  const settings = mendedEntra(baseUrl, server.token, flagged);
  return sessionOf(server, openSimulatedEntra({ now: () => server.clock.now, settings }));
}

function sessionOf<Idp extends SimulatedOkta | SimulatedEntra>(server: ScimServer, idp: Idp): Session<Idp> {
  const root = new URL(server.baseUrl).pathname;
  let told = 0;
  return {
    server,
    idp,
    pass: (ms) => advance(server.clock, [idp], ms),
    news: () => {
      const fresh = idp.sent.slice(told);
      told = idp.sent.length;
      return fresh.map(
        ({ method, path, status }) => `${method} ${shortPath(path.replace(root, ''))} ${status}`,
      );
    },
    close: () => server.close(),
  };
}

/** A path without the ids in it and without what a query asks for exactly. */
export function shortPath(path: string): string {
  return path
    .replace(/^(.*\/(?:Users|Groups))\/[^/?]+/, '$1/{id}')
    .replace(/%22.*?%22/g, '"…"')
    .replace(/%20|\+/g, ' ');
}

/** Five invented people who differ in what is known of them. */
export const people: readonly NewPerson[] = [
  { givenName: 'Ines', familyName: 'Ferrante', email: 'ines.ferrante@harbourlane.example' },
  {
    givenName: 'Mikko',
    familyName: 'Salonen',
    email: 'mikko.salonen@harbourlane.example',
    title: 'Glaze mixer',
    userType: 'Employee',
    employeeNumber: 'H-2208',
    costCenter: 'CC-31',
    organization: 'Harbour Lane Pottery',
    division: 'Studio',
    department: 'Glaze room',
  },
  { givenName: 'Dalia', familyName: 'Nasser', email: 'dalia.nasser@harbourlane.example', title: 'Thrower' },
  {
    givenName: 'Søren',
    familyName: "O'Keefe",
    email: 'soren.okeefe@harbourlane.example',
    department: 'Kiln',
    mobilePhone: '+44 7700 900456',
  },
  { givenName: 'Liv', familyName: 'Sand', email: 'liv.sand@harbourlane.example', language: 'nb-NO' },
];

/** Hires the five and gives their ids. */
export function hireFive(idp: SimulatedOkta | SimulatedEntra): [string, string, string, string, string] {
  const [ines, mikko, dalia, soren, liv] = people.map((person) => idp.hire(person).id);
  return [ines ?? '', mikko ?? '', dalia ?? '', soren ?? '', liv ?? ''];
}
