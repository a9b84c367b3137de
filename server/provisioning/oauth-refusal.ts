// A token request that is turned away: RFC 6749's word for it, and what to change. Knows no HTTP.

/** @see RFC 6749 §5.2 */
export type OauthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope';

/** What was wrong, for the provisioning record: "refused: client assertion". */
export type RefusedPart =
  | 'request'
  | 'unknown'
  | 'method'
  | 'secret'
  | 'assertion'
  | 'replay'
  | 'scope'
  | 'grant';

/** The message is the `error_description`, which holds neither quotation marks nor backslashes there. */
export class OauthRefusal extends Error {
  override readonly name = 'OauthRefusal';
  constructor(
    readonly error: OauthError,
    message: string,
    readonly part: RefusedPart,
  ) {
    super(message);
  }
}
