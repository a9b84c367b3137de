// What an identity provider says when it refuses, put so that an admin can mend it: a table of its codes and words. Pure.
// @see RFC 6749 §4.1.2.1, §5.2, OpenID Connect Core 1.0 §3.1.2.6, Microsoft Entra error codes

/** A refusal explained. */
export interface ExplainedFailure {
  /** For rules and tests. */
  readonly id: string;
  /** Which of the settings it is about. */
  readonly about: 'client' | 'secret' | 'redirect_uri' | 'person' | 'app' | 'tenant';
  readonly sentence: string;
  readonly remedy: string;
}

interface Sign {
  /** Matches the error's code and its description, joined by a space. */
  readonly sign: RegExp;
  readonly is: ExplainedFailure;
}

const explained = (
  id: string,
  about: ExplainedFailure['about'],
  sign: RegExp,
  sentence: string,
  remedy: string,
): Sign => ({ sign, is: { id, about, sentence, remedy } });

const entraApp = 'App registrations, the app';

/** The first that matches counts, so the exact ones stand before the general ones. */
const signs: readonly Sign[] = [
  explained(
    'entra.not_assigned',
    'person',
    /AADSTS50105/,
    'The person is not assigned to the application in Entra.',
    'In the Entra admin center, open Enterprise apps, the application, Users and groups, Add user/group.',
  ),
  explained(
    'entra.app_unknown',
    'client',
    /AADSTS700016/,
    'Entra knows no application with this client ID in this tenant.',
    `In the Entra admin center, open ${entraApp}, Overview, and copy Application (client) ID.`,
  ),
  explained(
    'entra.wrong_secret',
    'secret',
    /AADSTS7000215/,
    'Entra does not accept the client secret.',
    `Copy the Value of the secret, not its Secret ID: ${entraApp}, Certificates & secrets. It is shown once; make a new one if it is gone.`,
  ),
  explained(
    'entra.secret_expired',
    'secret',
    /AADSTS7000222/,
    'The client secret has expired in Entra.',
    `Make a new one under ${entraApp}, Certificates & secrets, New client secret, and enter its Value here.`,
  ),
  explained(
    'entra.redirect_uri',
    'redirect_uri',
    /AADSTS50011/,
    'The redirect URI is not among those of the application in Entra.',
    `Add the one shown here under ${entraApp}, Authentication, Add a platform, Web.`,
  ),
  explained(
    'entra.tenant_unknown',
    'tenant',
    /AADSTS90002|AADSTS900023/,
    'Entra knows no such tenant.',
    `Compare the issuer with Directory (tenant) ID under ${entraApp}, Overview.`,
  ),
  explained(
    'entra.consent',
    'app',
    /AADSTS65001|AADSTS90094|consent_required/,
    'Nobody has consented to the application for the organisation.',
    `Press Grant admin consent under ${entraApp}, API permissions.`,
  ),
  explained(
    'entra.conditional_access',
    'person',
    /AADSTS53003|AADSTS530\d\d/,
    'A Conditional Access policy of Entra keeps the person out.',
    'See Sign-in logs in the Entra admin center: the entry names the policy.',
  ),
  explained(
    'entra.guest',
    'person',
    /AADSTS50020/,
    'The person’s account is in another tenant, and no guest in this one.',
    'Let them sign in with their account of this tenant, or invite them as a guest in Entra.',
  ),
  explained(
    'okta.not_assigned',
    'person',
    /not assigned to (?:the|this) (?:client )?application/i,
    'The person is not assigned to the app in Okta.',
    'In Okta, open the app, Assignments, Assign.',
  ),
  explained(
    'okta.policy',
    'app',
    /policy evaluation failed|no_matching_policy|no_matching_scope/i,
    'No access policy of Okta’s authorization server fits this app.',
    'In Okta, open Security, API, the authorization server, Access Policies, and add a policy with a rule for the app; or take the org’s own server, whose issuer has no /oauth2/ in it.',
  ),
  explained(
    'okta.redirect_uri',
    'redirect_uri',
    /redirect_uri.*Login redirect URI|Login redirect URI.*client app settings/i,
    'The redirect URI is not among the app’s in Okta.',
    'Add the one shown here: the app, General, General Settings, Edit, Sign-in redirect URIs.',
  ),
  explained(
    'okta.wrong_secret',
    'secret',
    /client secret supplied for a confidential client is invalid/i,
    'Okta does not accept the client secret.',
    'Copy it anew: the app, General, Client Credentials, Client secrets.',
  ),
  explained(
    'okta.client_unknown',
    'client',
    /invalid_client.*(?:'client_id'|client_id) parameter/i,
    'Okta knows no app with this client ID.',
    'Copy it anew: the app, General, Client Credentials, Client ID.',
  ),
  explained(
    'redirect_uri',
    'redirect_uri',
    /redirect_uri(?:_mismatch)?\b.*(?:match|registered|invalid|mismatch|allowed|not valid)|invalid_redirect_uri|redirect_uri_mismatch/i,
    'The identity provider does not know the redirect URI.',
    'Register the one shown here with the app, letter by letter.',
  ),
  explained(
    'user_cancelled',
    'person',
    /^access_denied .*(?:cancel|declin)/i,
    'The person gave up on the page of the identity provider.',
    'Nothing is to be done; let them try again.',
  ),
  explained(
    'access_denied',
    'person',
    /^access_denied\b/,
    'The identity provider does not let the person use Rollcall.',
    'See whether they are assigned to the app there, and whether a policy keeps them out.',
  ),
  explained(
    'login_required',
    'person',
    /^(?:login|interaction|account_selection)_required\b/,
    'The identity provider wanted to ask the person something and was not let.',
    'Begin the sign-in in Rollcall, not in a hidden frame.',
  ),
  explained(
    'unauthorized_client',
    'app',
    /^(?:unauthorized_client|unsupported_response_type|unsupported_grant_type)\b/,
    'The app may not sign people in with an authorization code.',
    'Allow the grant type Authorization Code for the app, or make it anew as a web application.',
  ),
  explained(
    'invalid_scope',
    'app',
    /^invalid_scope\b/,
    'The identity provider does not grant “openid profile email” to the app.',
    'Allow these three scopes for the app.',
  ),
  explained(
    'invalid_client',
    'secret',
    /^invalid_client\b/,
    'The identity provider does not accept the client ID with this client secret.',
    'Copy both anew from the app’s settings.',
  ),
  explained(
    'unavailable',
    'app',
    /^(?:server_error|temporarily_unavailable)\b/,
    'The identity provider has trouble of its own.',
    'Try again in a few minutes.',
  ),
];

/** What a refusal means; undefined for one that is not known. */
export function explainSsoFailure(error: string, description = ''): ExplainedFailure | undefined {
  const said = `${error} ${description}`.trim();
  return signs.find(({ sign }) => sign.test(said))?.is;
}
