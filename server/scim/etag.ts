// Entity tags: a row's version as a weak ETag, and what the conditional headers say about it. @see RFC 7644 §3.14

export function etagOf(version: number): string {
  return `W/"${version}"`;
}

/** Reads `If-Match` or `If-None-Match` (a list of tags, or `*`) into a test of versions; weak and strong compare alike. */
export function versionTest(header: string): (version: number) => boolean {
  const tags = new Set(header.split(',').map((tag) => tag.trim().replace(/^W\//, '')));
  return (version) => tags.has('*') || tags.has(`"${version}"`);
}
