// Carries a proof from the page that proved it to the page where an org is chosen: sealed, short-lived, for one choice in
// one browser.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Proof } from '../auth/mailbox-proof.ts';
import { seal, unseal } from '../core/seal.ts';
import { newSecret, sameHash } from '../core/secrets.ts';
import { readCookie, setCookie } from './page-cookies.ts';
import type { PagesDeps } from './pages-deps.ts';

const purpose = 'choice of an org';
const lifetime = 5 * 60_000;

/** What is needed of a proof to go on from it. */
export type Proven = Pick<Proof, 'email_norm' | 'mailbox' | 'org_id' | 'continue_to'>;

const ticketSchema = z.object({
  email_norm: z.string(),
  mailbox: z.string(),
  org_id: z.null(),
  continue_to: z.string(),
  browser: z.string(),
  until: z.number(),
});

/** A ticket, good with the cookie that takes the place of the one of the code until the choice is made. */
export function sealTicket(
  deps: PagesDeps,
  reply: FastifyReply,
  { email_norm, mailbox, continue_to }: Proven,
): string {
  const browser = newSecret();
  setCookie(reply, deps, 'sign-in', browser, lifetime / 1000);
  const until = deps.now() + lifetime;
  const ticket = { email_norm, mailbox, org_id: null, continue_to, browser, until };
  return seal(deps.secret, purpose, JSON.stringify(ticket));
}

/** The proof in a ticket, unless it is too old, used, another browser's, or none of ours. */
export function openTicket(deps: PagesDeps, request: FastifyRequest, ticket: string): Proven | undefined {
  const text = unseal(deps.secret, purpose, ticket);
  if (text === undefined) return undefined;
  const proof = ticketSchema.parse(JSON.parse(text));
  const isOurs =
    sameHash(proof.browser, readCookie(request, deps, 'sign-in') ?? '') && proof.until > deps.now();
  return isOurs ? proof : undefined;
}
