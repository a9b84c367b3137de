// The addresses that links in mails lead to: the mails write them, the pages serve them. Knows no token's meaning.

/** Where each kind of link leads, below the server's public address; the token stands in the query. */
export const mailPaths = {
  signIn: '/sign-in/link',
  signUp: '/sign-up/link',
  invitation: '/invitation',
  unsubscribe: '/unsubscribe',
} as const;

/** The whole address of a link with its token; `publicUrl` comes without a slash at its end. */
export function mailLink(publicUrl: string, path: keyof typeof mailPaths, token: string): string {
  return `${publicUrl}${mailPaths[path]}?token=${encodeURIComponent(token)}`;
}
