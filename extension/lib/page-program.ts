// A page's program where it waits for the last frame to be painted first: in a template, where browsers load nothing of
// it. Knows where wxt.config.ts puts it, not what it does.
import type { FrameKey } from './storage.ts';

export interface PageProgram {
  /** Where the page's last frame is kept. */
  readonly frame: FrameKey;
  /** Of its first script; another build has another. */
  readonly address: string;
  readonly load: () => void;
}

/** Undefined on pages that load their program by themselves. */
export function programOf(page: Document): PageProgram | undefined {
  const template = page.querySelector<HTMLTemplateElement>('template[data-frame]');
  const address = template?.content.querySelector('script')?.getAttribute('src');
  if (template === null || address == null) return undefined;
  return {
    frame: template.dataset.frame as FrameKey,
    address,
    load: () => page.head.append(page.importNode(template.content, true)),
  };
}
