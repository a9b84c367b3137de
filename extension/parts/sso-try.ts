// Since when somebody tries to sign in, and what has come of it. The server's clock alone says when: the browser's may be
// wrong. Pure.
import type { SingleSignOn, SsoAttempt } from '../../shared/single-sign-on.ts';

/** How single sign-on stood, and when that came: a time of no clock, in milliseconds, as `performance.now()` gives it. */
interface Answer extends Pick<SingleSignOn, 'asOf'> {
  readonly cameAt: number;
}

/** What the server's clock says at a time of the same kind, or somewhat less: the answer was on its way for a while. */
export function serverTime({ asOf, cameAt }: Answer, at: number): number {
  return asOf + Math.max(0, at - cameAt);
}

/** The latest attempt since a time of the server's; undefined until there is one. */
export function attemptSince(
  { attempts }: Pick<SingleSignOn, 'attempts'>,
  since: number,
): SsoAttempt | undefined {
  return attempts.find(({ at }) => at >= since);
}
