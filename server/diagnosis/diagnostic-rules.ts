// Every diagnostic rule; of several faults of one severity, the one to mend first comes first. Data.
import type { DiagnosticRule } from './diagnostic-rule.ts';
import { domainNotVerified, externalIdNoGuid, userNameNoAddress, userNameNoMailbox } from './people-rules.ts';
import { lastOwnerRefused, unknownGroupMembers, wrongPath } from './request-rules.ts';
import { signInRules, tokenEnded, tokenExpiring } from './token-rules.ts';

export const diagnosticRules: readonly DiagnosticRule[] = [
  wrongPath,
  tokenEnded,
  ...signInRules,
  externalIdNoGuid,
  userNameNoAddress,
  userNameNoMailbox,
  lastOwnerRefused,
  unknownGroupMembers,
  tokenExpiring,
  domainNotVerified,
];
