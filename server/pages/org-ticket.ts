// Carries a proof from the page that proved it to the page where an org is chosen: sealed, short-lived, for one browser.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Proof } from '../auth/mailbox-proof.ts';
import { seal, unseal } from '../core/seal.ts';
import { readCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';

const purpose = 'choice of an org';
const lifetime = 5 * 60_000;

/** What is needed of a proof to go on from it. */
export type Proven = Pick<Proof, 'email_norm' | 'org_id' | 'continue_to'>;

const ticketSchema = z.object({
  email_norm: z.string(),
  org_id: z.null(),
  continue_to: z.string(),
  browser: z.string(),
  until: z.number(),
});

export function sealTicket(deps: PagesDeps, request: FastifyRequest, proof: Proven): string {
  const { email_norm, continue_to } = proof;
  const browser = readCookie(request, deps, 'browser');
  const until = deps.now() + lifetime;
  return seal(
    deps.secret,
    purpose,
    JSON.stringify({ email_norm, org_id: null, continue_to, browser, until }),
  );
}

/** The proof in a ticket, unless it is too old, another browser's, or none of ours. */
export function openTicket(deps: PagesDeps, request: FastifyRequest, ticket: string): Proven | undefined {
  const text = unseal(deps.secret, purpose, ticket);
  if (text === undefined) return undefined;
  const proof = ticketSchema.parse(JSON.parse(text));
  const isOurs = proof.browser === readCookie(request, deps, 'browser') && proof.until > deps.now();
  return isOurs ? proof : undefined;
}
