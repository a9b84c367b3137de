// What a call is refused with: its scimType, for tests of the error cases.
import { ProtocolError } from '../../../../server/scim/protocol/protocol-error.ts';

/** The scimType of the ProtocolError that `act` throws; any other error passes through, none gives undefined. */
export function refusalOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (error instanceof ProtocolError) return error.scimType;
    throw error;
  }
  return undefined;
}
