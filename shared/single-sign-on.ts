// Signing in with the company's identity provider, as owners set it up and admins see it. Knows words, limits and shapes;
// no protocol.
import { z } from 'zod';
import type { ConnectionKind } from './provisioning.ts';

/** Who may come in by it without being invited: nobody, or whoever has an address of a verified domain. */
export const ssoJoinings = ['invited_only', 'verified_domains'] as const;
export type SsoJoining = (typeof ssoJoinings)[number];

/** The client that the identity provider made for Rollcall; `clientSecret` is null to keep the one there is. */
export const ssoClientSchema = z.strictObject({
  issuer: z.string().trim().min(1).max(500),
  clientId: z.string().trim().min(1).max(200),
  clientSecret: z.string().trim().min(1).max(500).nullable(),
});
export type SsoClient = z.output<typeof ssoClientSchema>;

/** The whole setting; with `version`, only of the state that has it. */
export const ssoSettingsSchema = ssoClientSchema.extend({
  joining: z.enum(ssoJoinings),
  version: z.int().optional(),
});
export type SsoSettings = z.output<typeof ssoSettingsSchema>;

export const ssoRequiredSchema = z.strictObject({ required: z.boolean() });

/** One thing that was looked at in a test. */
export interface SsoCheck {
  /** Such as `issuer`, `discovery`, `client`, `redirect_uri`, `clock`. */
  readonly id: string;
  /** `unknown`: only a sign-in can show it. */
  readonly state: 'passed' | 'failed' | 'unknown';
  /** What was found, in a sentence with the value seen; never a secret. */
  readonly sentence: string;
  /** What to do about it, in the console's own words; null where nothing is to be done. */
  readonly remedy: string | null;
  /** The issuer that is probably meant, to be taken over by one click. */
  readonly meant: string | null;
}

export interface SsoTest {
  /** Whether nothing failed. */
  readonly ok: boolean;
  readonly checks: readonly SsoCheck[];
}

/** A try to sign in. Times are Unix milliseconds. */
export interface SsoAttempt {
  readonly at: number;
  readonly outcome: 'signed_in' | 'joined' | 'refused' | 'failed';
  /** What happened, and why, in a sentence. */
  readonly sentence: string;
  readonly member: { readonly id: string; readonly name: string } | null;
}

/** The addresses to give to the identity provider. */
export interface SsoAddresses {
  readonly redirectUri: string;
  readonly initiateLoginUri: string;
  readonly postLogoutRedirectUri: string;
  readonly backchannelLogoutUri: string;
}

/** How it stands. Times are Unix milliseconds. */
export interface SingleSignOn {
  /** When it stood so, by the server's clock, which the attempts go by too. */
  readonly asOf: number;
  readonly addresses: SsoAddresses;
  readonly version: number;
  /** Null as long as nothing is set up. */
  readonly client: {
    readonly issuer: string;
    readonly clientId: string;
    /** Told by the issuer. */
    readonly kind: ConnectionKind;
    readonly joining: SsoJoining;
    /** Whether it is the only way in; owners keep a way for emergencies. */
    readonly required: boolean;
    readonly changedAt: number;
    /** When somebody last came in by it with these settings; null until it is proven. */
    readonly provenAt: number | null;
    /** Whether whoever asks has come in by it with these settings: they may require it. */
    readonly provenByYou: boolean;
  } | null;
  /** The latest first; fifty at most. */
  readonly attempts: readonly SsoAttempt[];
}
