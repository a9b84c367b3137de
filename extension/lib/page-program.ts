// A page's program where it waits for the last frame to be painted first: in a template, where browsers load nothing of
// it. Knows where wxt.config.ts puts it, not what it does.

export interface PageProgram {
  /** Of its first script; another build has another. */
  readonly address: string;
  readonly load: () => void;
}

/** Undefined on pages that load their program by themselves. */
export function programOf(page: Document): PageProgram | undefined {
  const content = page.querySelector('template')?.content;
  const address = content?.querySelector('script')?.getAttribute('src');
  if (content === undefined || address == null) return undefined;
  return { address, load: () => page.head.append(page.importNode(content, true)) };
}
