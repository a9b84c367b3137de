// Every diagnostic rule; of several faults of one severity, the one to mend first comes first. Data.
import { enterpriseMisplaced, neverUpdated, oldSchema, twoClients } from './client-rules.ts';
import type { DiagnosticRule } from './diagnostic-rule.ts';
import { groupGone, groupNameTaken, sameGroupTwice, unknownGroupMembers } from './group-rules.ts';
import {
  domainNotVerified,
  externalIdNoGuid,
  noSeats,
  rolesUnread,
  userNameNoAddress,
  userNameNoMailbox,
  userNameOtherAddress,
} from './people-rules.ts';
import { externalIdAsId, lastOwnerRefused, wrongPath } from './request-rules.ts';
import { externalIdOtherThanSignIn } from './sign-in-rules.ts';
import {
  entraQuarantine,
  entraSilent,
  lookupWithoutCreate,
  nobodyArrived,
  nothingArrived,
} from './silence-rules.ts';
import { signInRules, tokenEnded, tokenExpiring } from './token-rules.ts';

export const diagnosticRules: readonly DiagnosticRule[] = [
  wrongPath,
  tokenEnded,
  ...signInRules,
  oldSchema,
  lookupWithoutCreate,
  noSeats,
  twoClients,
  externalIdAsId,
  externalIdNoGuid,
  externalIdOtherThanSignIn,
  userNameNoAddress,
  userNameNoMailbox,
  lastOwnerRefused,
  sameGroupTwice,
  unknownGroupMembers,
  groupGone,
  entraQuarantine,
  entraSilent,
  nothingArrived,
  nobodyArrived,
  neverUpdated,
  tokenExpiring,
  groupNameTaken,
  userNameOtherAddress,
  enterpriseMisplaced,
  rolesUnread,
  domainNotVerified,
];
