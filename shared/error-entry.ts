// What an entry of the error catalogue is. Knows no failure.

/** What a catalogue entry holds: HTTP status, tRPC code and the sentence, which says what to do next. */
export interface ErrorEntry<Params> {
  readonly status: 400 | 401 | 403 | 404 | 409 | 412 | 413 | 422 | 429 | 500 | 503;
  readonly trpc:
    | 'BAD_REQUEST'
    | 'UNAUTHORIZED'
    | 'FORBIDDEN'
    | 'NOT_FOUND'
    | 'CONFLICT'
    | 'PRECONDITION_FAILED'
    | 'PAYLOAD_TOO_LARGE'
    | 'TOO_MANY_REQUESTS'
    | 'INTERNAL_SERVER_ERROR'
    | 'SERVICE_UNAVAILABLE';
  readonly message: (params: Params) => string;
}

/** One entry; its sentence tells of these parameters. */
export const entry = <Params = Record<never, never>>(
  status: ErrorEntry<Params>['status'],
  trpc: ErrorEntry<Params>['trpc'],
  message: (params: Params) => string,
): ErrorEntry<Params> => ({ status, trpc, message });
