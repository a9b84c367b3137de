// Who Rollcall's own browser extension is: its ids in each browser, and the addresses that only it is reached at.

/** How the extension names itself when it asks for a session. */
export const extensionClientId = 'rollcall-extension';

/** Which generation of the API this is; it counts up when an older extension could not use it any more. */
export const apiVersion = 1;

/** In every answer to the extension. */
export const apiVersionHeader = 'x-rollcall-api';

/** What `GET /extension/about` answers, to tell a Rollcall server from any other address. */
export interface AboutServer {
  readonly product: 'rollcall';
  readonly api: number;
  /** Whether there is an organisation to sign in to; without one, the server's own page sets it up. */
  readonly ready: boolean;
}

/** In Chromium: the public key that goes into the manifest, and the id that follows from it. */
export const chromiumExtension = {
  key: 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA3gebSGUEvRxts3XYsL50qHB45TwoAAkzMeusFKU7UCyqLKxbKLYWJ0tTaDcsugAwqFUDBBeDw3aqo01geNhZTjc2bCPYW6GlMjF02/mDrJ9CqLvL2ebpY6Z9wEoODw+zBD8tlD8pOTV4AdsDZ8WFIVcMjcjPt+lDU2uU1X6rcvZ8gJwjV+pixjwootvxTKTKqcxdL4mJDun7n6nYTj/Vqw0eRzO3ngvqzTylB6LXYQZ3mEIft1tjdTIfuunWStX5Il5c4AwzWSe2t3O1oXlERl/FxlwwpGYiqiVrCmcKiFGHrf/nwd7yTPSdJtR+NiYW2J2oB16QAQ5coEL7uQKlmwIDAQAB',
  id: 'onhmgodopkmohnfcpdilpgdjkfodjmmh',
} as const;

/** In Firefox: the id that goes into the manifest, and its SHA-1, by which Firefox names the extension's address. */
export const geckoExtension = {
  id: 'rollcall@rollcall.example',
  idHash: '0de54d6bf6f65e8623338ba0a2834b76c7ada270',
} as const;

/**
 * The origins that a browser keeps for the extension of one id and hands to nobody else; they are on no network. These
 * are the ones of the extension as it is built here; a copy from a store may have others.
 * @see https://developer.chrome.com/docs/extensions/reference/api/identity
 */
export const extensionRedirects: readonly string[] = [
  `https://${chromiumExtension.id}.chromiumapp.org`,
  `https://${geckoExtension.idHash}.extensions.allizom.org`,
];

/** Whether an address is of the kind that browsers keep for extensions, and nothing but its origin. */
export function isExtensionRedirect(text: string): boolean {
  return /^https:\/\/(?:[a-p]{32}\.chromiumapp\.org|[0-9a-f]{40}\.extensions\.allizom\.org)\/?$/.test(text);
}

/**
 * Whether a web origin is our extension's: in Chromium the one of an id that is known, in Firefox any extension's, which
 * is another for each person who installs it.
 */
export function isExtensionOrigin(origin: string, redirects: readonly string[]): boolean {
  const id = /^chrome-extension:\/\/([a-p]{32})$/.exec(origin)?.[1];
  if (id !== undefined) return redirects.includes(`https://${id}.chromiumapp.org`);
  return /^moz-extension:\/\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(origin);
}
