// The one way the protocol room says no: a SCIM error type with a sentence for the identity provider's admin.

/** The `scimType` keywords of RFC 7644 §3.12 (table 9) and RFC 9865 §2.1 that a 400 can carry. */
export type BadRequestType =
  | 'invalidFilter'
  | 'tooMany'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/**
 * A request that the protocol refuses with HTTP 400.
 * `message` becomes the `detail` that Okta shows in its console, so it is an instruction.
 * @see RFC 7644 §3.12
 */
export class ProtocolError extends Error {
  override readonly name = 'ProtocolError';
  constructor(
    readonly scimType: BadRequestType,
    detail: string,
  ) {
    super(detail);
  }
}
