// A session for one rule: an identity provider over real HTTP, what its admin does, and the fault that shows in it or, in
// its healthy twin, does not. Knows how a session is opened and looked at; no rule by its name.
import { findFindings } from '../../../../server/diagnosis/find-findings.ts';
import { findConnection } from '../../../../server/provisioning/connection-store.ts';
import type { Finding } from '../../../../shared/finding.ts';
import { type DatabaseName, type ScimServer, startScimServer } from '../../../helpers/scim-server.ts';
import type { SimulatedEntra } from '../../../idp/simulated-entra.ts';
import type { SimulatedOkta } from '../../../idp/simulated-okta.ts';
import { entraSession, oktaSession, type Session } from '../../../idp/simulated-sessions.ts';

/** A session while it is played. `ready` is called right before whatever shows the fault: nothing may be found yet. */
export interface Stage<Idp> extends Pick<Session<Idp>, 'server' | 'idp' | 'pass' | 'close'> {
  ready(): Promise<void>;
}

/** What a play gives back: how the fault is mended and, where silence shows it, when that begins to count (Unix ms). */
export interface Played {
  readonly dueAt?: number;
  mend(): Promise<unknown>;
}

/** What the finding of a session says. */
interface Told {
  readonly rule: string;
  readonly sentence: string | RegExp;
  /** The first of the people whom it touches; nobody unless said. */
  readonly people?: readonly string[];
  readonly stepId: string | null;
  /** The last label of the way to the setting; null where Rollcall itself mends it. */
  readonly lastLabel: string | null;
  /** What else cannot but be found in this session, and why. */
  readonly alongside?: Readonly<Record<string, string>>;
  /** Reads SQL of its own, and so is played on both databases. */
  readonly onBoth?: true;
}

export interface RuleSession extends Told {
  /** Who calls: "Okta aiw". */
  readonly who: string;
  /** The name of the console, null where none is known. */
  readonly console: 'Okta' | 'Entra' | null;
  run(database: DatabaseName, isFaulty: boolean, ready: (server: ScimServer) => Promise<void>): Promise<Run>;
}

/** A session that has been played. */
export interface Run extends Played, Pick<Stage<unknown>, 'server' | 'pass' | 'close'> {}

type Play<Idp> = (stage: Stage<Idp>, isFaulty: boolean) => Promise<Played>;

function session<Idp>(
  who: string,
  console: RuleSession['console'],
  open: (database: DatabaseName) => Promise<Omit<Stage<Idp>, 'ready'>>,
  { play, ...told }: Told & { readonly play: Play<Idp> },
): RuleSession {
  return {
    ...told,
    who,
    console,
    run: async (database, isFaulty, ready) => {
      const opened = await open(database);
      const { server, pass, close } = opened;
      try {
        const played = await play({ ...opened, ready: () => ready(server) }, isFaulty);
        return { server, pass, close, ...played };
      } catch (error) {
        await close();
        throw error;
      }
    },
  };
}

export const onOkta = (
  app: 'aiw' | 'oin',
  told: Told & { readonly play: Play<SimulatedOkta> },
): RuleSession => session(`Okta ${app}`, 'Okta', (database) => oktaSession(app, undefined, database), told);

export const onEntra = (
  dialect: 'default' | 'flagged',
  told: Told & { readonly play: Play<SimulatedEntra> },
): RuleSession =>
  session(
    `Entra ${dialect}`,
    'Entra',
    (database) => entraSession(dialect === 'flagged', undefined, database),
    told,
  );

/** A client of no known kind, which sends what the play says. */
export const onOther = (told: Told & { readonly play: Play<ScimServer['scim']> }): RuleSession =>
  session(
    'another',
    null,
    async (database) => {
      const server = await startScimServer({ kind: 'other', database });
      const pass = async (ms: number) => {
        server.clock.now += ms;
      };
      return { server, idp: server.scim, pass, close: server.close };
    },
    told,
  );

/** What stands open at this moment. */
export async function findingsNow({ deps, orgId, connectionId }: ScimServer): Promise<readonly Finding[]> {
  await deps.provisioningLog.flush();
  const connection = await findConnection(deps.database.db, connectionId);
  if (connection === undefined) throw new Error('the connection is gone');
  return findFindings(deps, orgId, connection);
}

export const rulesOf = (findings: readonly Finding[]): readonly string[] => findings.map(({ rule }) => rule);
