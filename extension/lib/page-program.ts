// A page's program where it waits for the last frame to be painted first: in a template, where browsers load nothing of
// it. Knows where wxt.config.ts puts it, not what it does.
import type { FrameKey } from './storage.ts';

export interface PageProgram {
  readonly frame: FrameKey;
  /** Of its first script; another build has another. */
  readonly address: string;
  readonly load: () => void;
}

/** Where a page's last frame is kept, known as soon as the first script runs; undefined where none is. */
export function frameKeyOf(page: Document): FrameKey | undefined {
  return page.querySelector<HTMLElement>('script[data-frame]')?.dataset.frame as FrameKey | undefined;
}

/** Undefined on pages that load their program by themselves. */
export function programOf(page: Document): PageProgram | undefined {
  const frame = frameKeyOf(page);
  const content = page.querySelector('template')?.content;
  const address = content?.querySelector('script')?.getAttribute('src');
  if (frame === undefined || content === undefined || address == null) return undefined;
  return { frame, address, load: () => page.head.append(page.importNode(content, true)) };
}
