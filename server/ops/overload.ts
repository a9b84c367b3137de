// Turns requests away while the event loop lags, so that those let in are still answered in time. Knows no protocol:
// the refusal is an AppError, which each room of the server says in its own words.
import { fastifyUnderPressure } from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../core/app-error.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What happens to this route's requests under pressure, in place of the refusal. */
    pressureHandler?: () => void;
  }
}

/** For the options of a route that must answer when others may not. */
export const servedUnderPressure = { config: { pressureHandler: () => {} } };

class Overloaded extends AppError<'database.busy'> {
  constructor() {
    super('database.busy', {});
  }
}

/** When the server counts as overloaded. */
export interface OverloadLimits {
  /** The mean lag of the event loop above which requests are refused, in milliseconds. */
  readonly maxEventLoopDelay?: number;
  /** How often the lag is looked at, in milliseconds. */
  readonly sampleInterval?: number;
  /** What `Retry-After` says, in seconds. */
  readonly retryAfter?: number;
}

/** Adds the guard to `app` and to all plugins registered after it: 503 with `Retry-After` while the loop lags. */
export async function guardAgainstOverload(app: FastifyInstance, limits: OverloadLimits = {}): Promise<void> {
  const { maxEventLoopDelay = 1000, sampleInterval = 1000, retryAfter = 5 } = limits;
  await app.register(fastifyUnderPressure, {
    maxEventLoopDelay,
    sampleInterval,
    retryAfter,
    customError: Overloaded,
  });
}
