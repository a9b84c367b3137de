// How every procedure begins and how every failure ends: who asks, with which right, in which org. Knows no feature.
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import { errors } from '../../shared/errors.ts';
import type { MemberRole } from '../../shared/member.ts';
import type { AskedInOrg, Origin } from '../audit/change-context.ts';
import { may, type Right } from '../auth/access-policy.ts';
import type { SignedIn } from '../auth/signed-in.ts';
import { AppError } from '../core/app-error.ts';
import type { ApiDeps } from './api-deps.ts';

/** What a request brings along; `person` is missing when nobody is signed in. */
export interface ApiContext {
  readonly deps: ApiDeps;
  readonly person: SignedIn | undefined;
  readonly origin: Origin;
}

/** Which right a procedure asks for: every one asks for one. */
interface ProcedureMeta {
  readonly right: Right;
}

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: 15_000 },
      client: { reconnectAfterInactivityMs: 45_000 },
    },
    errorFormatter: ({ shape, error, ctx }) => ({
      ...shape,
      ...publicFailure(shape, error, ctx?.origin.requestId),
    }),
  });

/** What a command is told of who asks: their role goes along, because owners are changed by owners only. */
interface AskedByPerson extends AskedInOrg {
  readonly actingRole: MemberRole;
}

export const router = t.router;

/** A procedure for people who have this right in their org; `ctx.asked` says who asks, and in which org. */
export function allowed(right: Right) {
  return t.procedure.meta({ right }).use(async ({ ctx, next }) => {
    const { person, origin, deps } = ctx;
    if (person === undefined) throw translated(new AppError('session.missing', {}));
    if (!may(person, right)) throw translated(new AppError('access.denied', { right }));
    const asked: AskedByPerson = {
      orgId: person.orgId,
      actor: { kind: 'member', id: person.memberId },
      ...origin,
      actingRole: person.role,
    };
    const result = await next({ ctx: { deps, person, asked, orgId: person.orgId } });
    if (!result.ok && result.error.cause instanceof AppError) throw translated(result.error.cause);
    return result.ok && isStream(result.data) ? { ...result, data: translatedStream(result.data) } : result;
  });
}

function isStream(data: unknown): data is AsyncIterable<unknown> {
  return typeof data === 'object' && data !== null && Symbol.asyncIterator in data;
}

/** A stream that fails later fails with the same words: a client tries again after a code that it does not know. */
async function* translatedStream(stream: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* stream;
  } catch (error) {
    throw error instanceof AppError ? translated(error) : error;
  }
}

/** One of the translators of the error catalogue: the tRPC code comes with each entry. */
function translated(error: AppError): TRPCError {
  return new TRPCError({ code: errors[error.code].trpc, message: error.message, cause: error });
}

/** What a client's program goes by; the message is for people. */
interface FailureReason {
  /** A code of the error catalogue, or `input.invalid`, `request.unusable`, `internal`. */
  readonly reason: string;
  /** Which inputs are wrong, for `input.invalid`. */
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
}

/** What a client is told: the catalogue's code and sentence, or which input is wrong; of the inside nothing. */
function publicFailure<Data extends object>(
  shape: { readonly message: string; readonly data: Data },
  error: TRPCError,
  requestId: string | undefined,
): { readonly message: string; readonly data: Data & FailureReason } {
  const { cause } = error;
  if (cause instanceof AppError) {
    return { message: cause.message, data: { ...shape.data, reason: cause.code } };
  }
  if (cause instanceof ZodError) {
    const fields = cause.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
    return { message: sentenceOf(fields), data: { ...shape.data, reason: 'input.invalid', fields } };
  }
  if (error.code !== 'INTERNAL_SERVER_ERROR')
    return { ...shape, data: { ...shape.data, reason: 'request.unusable' } };
  return {
    message: `Something went wrong in Rollcall; nothing was changed. Try again, and give the operator this request's number: ${requestId ?? 'unknown'}.`,
    data: { ...shape.data, reason: 'internal' },
  };
}

function sentenceOf(fields: readonly { readonly path: string; readonly message: string }[]): string {
  const [first] = fields;
  if (first === undefined) return 'The request cannot be read.';
  const more = fields.length === 1 ? '' : ` (and ${fields.length - 1} more)`;
  return `${first.path === '' ? 'The request' : `"${first.path}"`} cannot be used: ${first.message}${more}.`;
}
