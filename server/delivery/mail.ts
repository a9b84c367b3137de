// Every mail that Rollcall sends, by kind, with what it says. Data only; how it looks is the templates' business.

/** What each kind of mail carries. A `token` becomes a link when the mail is rendered, and stands nowhere else. */
export interface MailData {
  'sign-in': { readonly token: string; readonly code: string; readonly minutes: number };
  'sign-up': {
    readonly orgName: string;
    readonly token: string;
    readonly code: string;
    readonly minutes: number;
  };
  invitation: {
    readonly orgName: string;
    /** Who invites, by name; null for the org itself. */
    readonly inviterName: string | null;
    readonly recipientName: string;
    readonly token: string;
    readonly expiresAt: number;
  };
  nudge: MailData['invitation'] & {
    /** The admin's own words, plain text. */
    readonly message: string | null;
    /** Stops reminders, without signing in. */
    readonly unsubscribeToken: string;
  };
  /** To the admins: an identity provider removes many people. */
  'removal-held': {
    readonly orgName: string;
    readonly connectionName: string;
    readonly people: number;
    readonly percent: number;
  };
  /** To the other admins: an owner came in by mail although single sign-on is required. */
  'emergency-sign-in': {
    readonly orgName: string;
    readonly ownerName: string;
    readonly device: string;
    readonly at: number;
  };
  /** To the admins: a domain's DNS record is gone. */
  'domain-failing': { readonly orgName: string; readonly domain: string; readonly until: number };
  /** To the owners: an endpoint takes no messages and is sent none any more. */
  'webhook-disabled': {
    readonly orgName: string;
    readonly endpointName: string;
    readonly host: string;
    readonly reason: 'gone' | 'failing';
  };
}
export type MailKind = keyof MailData;

/** One mail, not yet in words. */
export type Mail = { [Kind in MailKind]: { readonly kind: Kind; readonly data: MailData[Kind] } }[MailKind];
