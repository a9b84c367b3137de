// Every kind of set-up by the kind of its connection.
import type { ConnectionKind } from '../../shared/provisioning.ts';
import type { Setup } from './setup-step.ts';
import { entraSetup } from './setup-steps-entra.ts';
import { oktaSetup } from './setup-steps-okta.ts';
import { otherSetup } from './setup-steps-other.ts';

export const setups: Readonly<Record<ConnectionKind, Setup>> = {
  okta: oktaSetup,
  entra: entraSetup,
  other: otherSetup,
};
