// A server's address as somebody types or pastes it, and the permission that goes with it. Pure.

/** The address without path details, or undefined when the text is none: `https` unless it is this very machine. */
export function readServerAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || /\s/.test(trimmed)) return undefined;
  const isLocal = /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1)(?::|\/|$)/i.test(trimmed);
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed
    : `${isLocal ? 'http' : 'https'}://${trimmed}`;
  if (!URL.canParse(full)) return undefined;
  const { protocol, hostname, origin } = new URL(full);
  if (protocol !== 'https:' && !(protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname)))
    return undefined;
  if (!isLocal && !hostname.includes('.')) return undefined;
  return origin;
}

/** The one origin that the browser is asked for; a match pattern has no port. */
export function originPattern(server: string): string {
  const { protocol, hostname } = new URL(server);
  return `${protocol}//${hostname}/*`;
}
