// Every failure as a SCIM error. One of the translators of the error catalogue: total by type. @see RFC 7644 §3.12
import { type ErrorCode, type ErrorEntry, errors } from '../../shared/errors.ts';
import { AppError } from '../core/app-error.ts';
import { withoutTokens } from '../core/secrets.ts';
import { type BadRequestType, ProtocolError } from './protocol/protocol-error.ts';

export type ScimType = BadRequestType | 'uniqueness';

/** What a SCIM error says; `detail` is shown to the identity provider's admin. */
export interface ScimFault {
  readonly status: number;
  readonly scimType?: ScimType;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the provisioning record: "refused: token_revoked". */
  readonly outcome: string;
}

/** A refusal by the edge itself, before or beside the directory. */
export class ScimRefusal extends Error {
  override readonly name = 'ScimRefusal';
  constructor(readonly fault: ScimFault) {
    super(fault.detail);
  }
}

/** RFC 7644's word for each kind of failure; most have none. */
const scimTypes: Readonly<Record<ErrorEntry<never>['trpc'], ScimType | undefined>> = {
  BAD_REQUEST: 'invalidValue',
  CONFLICT: 'uniqueness',
  UNAUTHORIZED: undefined,
  FORBIDDEN: undefined,
  NOT_FOUND: undefined,
  PRECONDITION_FAILED: undefined,
  PAYLOAD_TOO_LARGE: undefined,
  TOO_MANY_REQUESTS: undefined,
  INTERNAL_SERVER_ERROR: undefined,
  SERVICE_UNAVAILABLE: undefined,
};

/** The codes for which the RFC has a better word. */
const exceptions: Readonly<Partial<Record<ErrorCode, ScimType>>> = { 'member.last_owner': 'mutability' };

/** What Fastify itself refuses, in words for the identity provider's admin. */
const transport: Readonly<Record<string, { readonly scimType?: ScimType; readonly detail: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: {
    scimType: 'invalidSyntax',
    detail: 'The body is not JSON. Send one JSON document as application/scim+json.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: {
    detail: 'The body is larger than 10 MB. Send fewer resources or members at once.',
  },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    detail: 'Send the body as application/scim+json (or application/json).',
  },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    scimType: 'invalidSyntax',
    detail: 'The body is not as long as its Content-Length says. A proxy on the way may have changed it.',
  },
};

/**
 * Translates any failure; `undefined` means that it is the server's own fault and stays private. Sentences repeat what was
 * sent, such as an id, and are kept with the record of the request: not if it was a token.
 */
export function faultOf(error: unknown): ScimFault | undefined {
  const fault = translate(error);
  return fault && { ...fault, detail: withoutTokens(fault.detail) };
}

function translate(error: unknown): ScimFault | undefined {
  if (error instanceof ScimRefusal) return error.fault;
  if (error instanceof ProtocolError) {
    return {
      status: 400,
      scimType: error.scimType,
      detail: error.message,
      outcome: `refused: ${error.scimType}`,
    };
  }
  if (error instanceof AppError) return directoryFault(error);
  return transportFault(error);
}

function directoryFault({ code, status, message: detail }: AppError): ScimFault {
  const scimType = exceptions[code] ?? scimTypes[errors[code].trpc];
  return {
    status,
    ...(scimType && { scimType }),
    detail,
    ...(status === 503 && { headers: { 'retry-after': '5' } }),
    outcome: `refused: ${code}`,
  };
}

function transportFault(error: unknown): ScimFault | undefined {
  if (!(error instanceof Error) || !('code' in error) || !('statusCode' in error)) return undefined;
  const known = transport[String(error.code)];
  const status = Number(error.statusCode);
  if (known === undefined && !(status >= 400 && status < 500)) return undefined;
  const outcome = `refused: ${String(error.code).toLowerCase()}`;
  return {
    status,
    ...(known ?? { detail: 'The request could not be read. A proxy on the way may have changed it.' }),
    outcome,
  };
}

/** The fault of a failure that nobody foresaw: it says nothing about the inside. */
export function internalFault(requestId: string): ScimFault {
  return {
    status: 500,
    detail: `Something went wrong in Rollcall; nothing was changed. Try again, and give the operator this request's number: ${requestId}.`,
    outcome: 'failed: internal error',
  };
}

/** The body of an error answer; `status` is a string there. */
export function errorBody({ status, scimType, detail }: ScimFault) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType && { scimType }),
    detail,
  };
}
