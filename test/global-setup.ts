// Offers one PostgreSQL to all test files of a run. Knows when to start and stop it; runs that never ask pay nothing.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './helpers/postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** An address that starts the run's PostgreSQL when first read and answers with its URL. */
    postgresOnDemand: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let postgres: Promise<PostgresServer> | undefined;
  const door = createServer((_request, response) => {
    postgres ??= startPostgres();
    postgres.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  project.provide('postgresOnDemand', `http://127.0.0.1:${(door.address() as AddressInfo).port}`);

  return async () => {
    door.close();
    door.closeAllConnections();
    const started = await postgres?.catch(() => undefined);
    await started?.stop();
  };
}
