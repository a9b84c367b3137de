// A browser without a screen: keeps cookies, follows nothing by itself, sends forms as they stand on a page.
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Where it sends the visitor. */
  readonly location: string;
  readonly text: string;
  /** The page's heading. */
  readonly heading: string;
}

export interface Visitor {
  /** By name: what the server has set, as sent. */
  readonly cookies: Map<string, string>;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Sends fields as a form, with nothing that was on a page. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Answer>;
  /** Loads a page and sends its form to `action` (or the first one) with these fields added. */
  submit(path: string, fields: Record<string, string>, action?: string): Promise<Answer>;
}

/** Somebody who has never been here; `from` are headers that they always send. */
export function visitor(url: string, from: Record<string, string> = {}): Visitor {
  const cookies = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = {
      ...from,
      ...(cookie !== '' && { cookie }),
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(new URL(path, url), { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      location: response.headers.get('location') ?? '',
      text,
      heading: /<h1>(.*?)<\/h1>/.exec(text)?.[1] ?? '',
    };
  };
  const post: Visitor['post'] = (path, fields, headers = {}) =>
    ask(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  return {
    cookies,
    get: (path, headers = {}) => ask(path, { headers }),
    post,
    submit: async (path, fields, action) => {
      const page = await ask(path);
      const form = formsOf(page.text).find((one) => action === undefined || one.action === action);
      if (form === undefined) throw new Error(`${path} (${page.status}) has no form to ${action ?? 'send'}`);
      return post(form.action, { ...form.hidden, ...fields });
    },
  };
}

/** The forms of a page with what they hold unseen. */
export function formsOf(
  html: string,
): readonly { readonly action: string; readonly hidden: Readonly<Record<string, string>> }[] {
  return [...html.matchAll(/<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)].map(
    ([, action = '', inside = '']) => ({
      action,
      hidden: Object.fromEntries(
        [...inside.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
          ([, name = '', value = '']) => [
            name,
            value.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'"),
          ],
        ),
      ),
    }),
  );
}
