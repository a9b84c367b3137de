// How often one place on the internet may try to get in. Counts in memory, and so for each server process by itself.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../core/app-error.ts';

export interface Throttle {
  /**
   * Counts one try.
   * @throws AppError `sign_in.too_many`
   */
  take(key: string): Promise<void>;
}

/** Lets each key try so many times within so many minutes. */
export function createThrottle(tries: number, minutes: number): Throttle {
  const limiter = new RateLimiterMemory({ points: tries, duration: minutes * 60 });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        throw new AppError('sign_in.too_many', { minutes: Math.ceil(refusal.msBeforeNext / 60_000) });
      }
    },
  };
}

/** The place that an address stands for: itself, or of IPv6 the network of 64 bits that one customer has. */
export function placeOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(':')) return mapped ?? ip;
  const [head = '', tail] = ip.split('::');
  const before = head.split(':').filter((group) => group !== '');
  const after = tail?.split(':').filter((group) => group !== '') ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...zeros, ...after].slice(0, 4).join(':');
}
