// Where a page may send somebody on to: a path of this server and nothing else. Pure.

/**
 * The path to go on to after signing in, or `/` when what was given could lead anywhere else: browsers take `//host`
 * and `/\host` for other hosts, and drop tabs and line breaks before they look.
 */
export function localPath(given: string | undefined): string {
  if (given === undefined || given.length > 2000 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(given))
    return '/';
  const here = 'http://here.invalid';
  if (!URL.canParse(given, here)) return '/';
  // What a browser would make of it: "/./" and "/%2e/" before a second slash leave a path that begins with two.
  const { origin, pathname, search } = new URL(given, here);
  return origin === here && !pathname.startsWith('//') ? `${pathname}${search}` : '/';
}
