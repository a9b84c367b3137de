// Downloads that are too large for one answer: written while they are read. Knows who may, not what is in them.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError, z } from 'zod';
import { auditFilterSchema } from '../../shared/audit.ts';
import { memberExportQuerySchema } from '../../shared/member-list.ts';
import { may, type Right } from '../auth/access-policy.ts';
import { personOfBearer, type SignedIn } from '../auth/signed-in.ts';
import { AppError } from '../core/app-error.ts';
import { exportMembers } from '../members/export-members.ts';
import { exportAudit } from '../provisioning/audit-list.ts';
import type { ApiDeps } from './api-deps.ts';

/** The filters of the members' list, as they stand in an address; `bom` for the spreadsheets that need it. */
const memberExportSchema = memberExportQuerySchema.extend({
  waiting: z.stringbool().optional(),
  bom: z.stringbool().default(false),
});

/** The filters of the audit log, as they stand in an address: times in Unix ms. */
const auditExportSchema = auditFilterSchema.extend({
  from: z.coerce.number().int().min(0).optional(),
  to: z.coerce.number().int().min(0).optional(),
});

/** Serves downloads to whoever may see what is in them. */
export async function exportRoutes(
  app: FastifyInstance,
  { deps }: { readonly deps: ApiDeps },
): Promise<void> {
  app.setErrorHandler(sendFailure);
  app.get('/members.csv', async (request, reply) => {
    const { orgId } = await admitted(deps, request, 'see members');
    const { bom, ...query } = memberExportSchema.parse(request.query);
    return sendFile(
      reply,
      'members.csv',
      'text/csv; charset=utf-8',
      exportMembers(deps, orgId, query, { bom }),
    );
  });
  app.get('/audit.ndjson', async (request, reply) => {
    const { orgId } = await admitted(deps, request, 'see the audit log');
    const filter = auditExportSchema.parse(request.query);
    return sendFile(reply, 'audit.ndjson', 'application/x-ndjson', exportAudit(deps, orgId, filter));
  });
}

/** @throws AppError `session.missing`, `access.denied` */
async function admitted(deps: ApiDeps, request: FastifyRequest, right: Right): Promise<SignedIn> {
  const person = await personOfBearer(deps, request.headers.authorization);
  if (person === undefined) throw new AppError('session.missing', {});
  if (!may(person, right)) throw new AppError('access.denied', { right });
  return person;
}

/** Sends what a generator gives as a file, as fast as it is taken. */
function sendFile(
  reply: FastifyReply,
  name: string,
  type: string,
  parts: AsyncIterable<string>,
): FastifyReply {
  return reply
    .headers({
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    .send(Readable.from(parts, { objectMode: false }));
}

function sendFailure(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (error instanceof AppError)
    return reply.code(error.status).send({ reason: error.code, message: error.message });
  if (error instanceof ZodError) {
    const names = error.issues.map(({ path }) => path.join('.')).join(', ');
    const message = `These parts of the address cannot be used: ${names}.`;
    return reply.code(400).send({ reason: 'input.invalid', message });
  }
  request.log.error({ err: error }, 'a download failed');
  const message = `Something went wrong in Rollcall. Try again, and give the operator this request's number: ${request.id}.`;
  return reply.code(500).send({ reason: 'internal', message });
}
