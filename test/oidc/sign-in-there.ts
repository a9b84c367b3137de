// Signs somebody in at the test identity provider over HTTP, as a browser would: its cookies, its redirects, its page.
import type { TestIdp } from './test-idp.ts';

/**
 * Goes where Rollcall sent the browser and signs in as `login`; gives the address that the identity provider sends the
 * browser back to, not followed. Undefined when it stays on its own page, such as for a wrong redirect URI.
 */
export async function signInThere(
  { origin }: Pick<TestIdp, 'origin'>,
  authorizationUrl: string,
  login: string,
  cookies = new Map<string, string>(),
): Promise<string | undefined> {
  let next: { url: string; body?: URLSearchParams } = { url: authorizationUrl };
  for (let hop = 0; hop < 10; hop += 1) {
    const response = await fetch(next.url, {
      method: next.body === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(next.body !== undefined && { body: next.body }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (location !== null) {
      next = { url: new URL(location, next.url).href };
      if (!next.url.startsWith(`${origin}/`)) return next.url;
    } else if (response.ok && next.body === undefined && next.url.includes('/sign-in/'))
      next = { url: next.url, body: new URLSearchParams({ login, press: 'in' }) };
    else return undefined;
  }
  return undefined;
}
