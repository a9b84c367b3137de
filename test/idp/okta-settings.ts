// What the admin of an Okta app has set in its tabs, and how a request looks because of it. Knows no person.
import type { LineState } from './wire.ts';

export interface OktaSettings {
  /** `aiw`: made by the App Integration Wizard, PUT for everything. `oin`: from the catalogue, PATCH where it can. */
  readonly app: 'aiw' | 'oin';
  readonly baseUrl: string;
  readonly token: string;
  /** The wizard's HTTP Header mode puts "Bearer " before the token; the header template sends the field as typed. */
  readonly header: 'fixed-bearer' | 'as-typed';
  /** Sign On > Application username format. */
  readonly usernameFormat: 'email' | 'okta-username' | 'email-prefix';
  /** Provisioning > To App. */
  readonly createUsers: boolean;
  readonly updateUsers: boolean;
  readonly deactivateUsers: boolean;
  readonly syncPassword: boolean;
  /** Provisioning > Integration > Enable API Integration. Who is assigned before that is not provisioned. */
  readonly provisioning: boolean;
  readonly importGroups: boolean;
  /** Push Groups > Push group memberships immediately. */
  readonly pushImmediately: boolean;
  /** The external namespace of the enterprise attributes. */
  readonly enterpriseNamespace: boolean;
  /** The admin pushes the very group that the app is assigned to. */
  readonly pushesAssignedGroups: boolean;
  /** A push names those too who are not provisioned, by their ids in Okta. */
  readonly pushesUnassigned: boolean;
  readonly line: LineState;
}

/** Everything ticked that Rollcall's checklist asks for. */
export function mendedOkta(app: OktaSettings['app'], baseUrl: string, token: string): OktaSettings {
  return {
    app,
    baseUrl,
    token,
    header: 'fixed-bearer',
    usernameFormat: 'email',
    createUsers: true,
    updateUsers: true,
    deactivateUsers: true,
    syncPassword: false,
    provisioning: true,
    importGroups: false,
    pushImmediately: true,
    enterpriseNamespace: true,
    pushesAssignedGroups: false,
    pushesUnassigned: false,
    line: 'plugged',
  };
}

/** The headers of every request, as captured from a live tenant. */
export function oktaHeaders({ header, token }: OktaSettings): Readonly<Record<string, string>> {
  return {
    'User-Agent': 'Okta SCIM Client 1.0.0',
    Accept: 'application/scim+json',
    'Accept-Charset': 'utf-8',
    'Accept-Encoding': 'gzip,deflate',
    Authorization: header === 'fixed-bearer' ? `Bearer ${token}` : token,
  };
}
