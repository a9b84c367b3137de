// How many requests a connection may make. Keeps its counts in memory; knows no connection beyond its id.
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

export interface RateLimit {
  /** Counts one request: nothing when it may pass, or in how many whole seconds (at least 1) to come back. */
  take(connectionId: string): Promise<{ readonly retryAfter: number } | undefined>;
}

/** The burst: so many times the rate on top of it, once in so many seconds. */
const burst = { times: 4, seconds: 5 };

/** Serves `perSecond` requests every second and a burst of five times as many within one; 0 sets no limit. */
export function createRateLimit(perSecond: number): RateLimit {
  if (perSecond === 0) return { take: async () => undefined };
  const limiter = new BurstyRateLimiter(
    new RateLimiterMemory({ keyPrefix: 'rate', points: perSecond, duration: 1 }),
    new RateLimiterMemory({ keyPrefix: 'burst', points: perSecond * burst.times, duration: burst.seconds }),
  );
  return {
    async take(connectionId) {
      try {
        await limiter.consume(connectionId);
        return undefined;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return { retryAfter: Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)) };
      }
    },
  };
}
