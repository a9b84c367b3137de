// Where a request to a page comes from, as the audit log has it.
import type { FastifyRequest } from 'fastify';
import type { Origin } from '../audit/change-context.ts';

export function originOf({ id, ip }: FastifyRequest): Origin {
  return { requestId: id, from: ip };
}
