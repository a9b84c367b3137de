// Asks the server itself whether it is ready, as a load balancer would.
import { z } from 'zod';
import type { Config } from '../config.ts';
import { type Check, ok, problem, warning } from './check.ts';
import { serverUrl } from './server-url.ts';

/** In milliseconds. */
const patience = 3000;

const readiness = z.object({ status: z.enum(['ready', 'not ready']), reason: z.string().optional() });

export async function checkServer(config: Pick<Config, 'host' | 'port'>): Promise<Check> {
  if (config.port === 0) {
    const mend = 'Give PORT the number that the server printed when it started.';
    return warning('server', 'PORT is 0, so the server took a free one, which is not known here.', mend);
  }
  const url = serverUrl(config);
  const answer = await askReady(url);
  if (answer === 'nothing') {
    return warning('server', `No server answers at ${url}.`, 'Start it: npm start, or rollcall serve.');
  }
  if (answer === 'another') {
    const mend = 'Choose another PORT, or stop that program.';
    return problem('server', `Something answers at ${url}, and it is not Rollcall.`, mend);
  }
  if (answer.status === 'ready') return ok('server', `It is ready at ${url}.`);
  const message = `The server at ${url} is not ready. ${answer.reason ?? ''}`.trimEnd();
  return problem(
    'server',
    message,
    'Mend the database first; if it is well, restart the server and read its log.',
  );
}

async function askReady(url: string): Promise<z.infer<typeof readiness> | 'nothing' | 'another'> {
  let response: Response;
  try {
    response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(patience) });
  } catch {
    return 'nothing';
  }
  const body: unknown = await response.json().catch(() => undefined);
  return readiness.safeParse(body).data ?? 'another';
}
