// Every session that shows a rule's fault. Data.
import { groupRuleSessions } from './group-rule-sessions.ts';
import { peopleRuleSessions } from './people-rule-sessions.ts';
import { requestRuleSessions } from './request-rule-sessions.ts';
import type { RuleSession } from './rule-session.ts';
import { signInRuleSessions } from './sign-in-rule-sessions.ts';
import { silenceRuleSessions } from './silence-rule-sessions.ts';
import { tokenRuleSessions } from './token-rule-sessions.ts';

export const ruleSessions: readonly RuleSession[] = [
  ...tokenRuleSessions,
  ...requestRuleSessions,
  ...groupRuleSessions,
  ...peopleRuleSessions,
  ...signInRuleSessions,
  ...silenceRuleSessions,
];
