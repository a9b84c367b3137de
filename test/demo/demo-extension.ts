// A copy of the built extension that lives in the demo's time and may reach this machine without asking. Knows the build's
// pages and manifest, nothing of what they do.
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { builtExtension } from '../helpers/extension-browser.ts';
import type { DemoClock } from './demo-clock.ts';

/** Copies the extension below `folder`, and gives where it is then. `askAt` tells its pages what time it is. */
export async function makeDemoExtension(folder: string, clock: DemoClock, askAt: string): Promise<string> {
  const copy = join(folder, 'extension');
  cpSync(await builtExtension('chrome'), copy, { recursive: true });
  const manifestFile = join(copy, 'manifest.json');
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as Readonly<Record<string, unknown>>;
  writeFileSync(manifestFile, JSON.stringify({ ...manifest, host_permissions: ['http://127.0.0.1/*'] }));
  writeFileSync(join(copy, 'demo-time.js'), timeScript(clock, askAt));
  for (const name of readdirSync(copy).filter((each) => each.endsWith('.html'))) {
    const file = join(copy, name);
    // First of all scripts: none may see the real time before.
    const page = readFileSync(file, 'utf8').replace('<head>', '<head><script src="/demo-time.js"></script>');
    writeFileSync(file, page);
  }
  return copy;
}

/** Puts the demo's time in place of the page's, at once from what is known and then as the demo says. */
function timeScript({ now, speed }: DemoClock, askAt: string): string {
  return `(() => {
  const RealDate = Date;
  const made = ${JSON.stringify({ now, speed: speed(), at: Date.now() })};
  const kept = JSON.parse(localStorage.getItem('demo-time') ?? '{"at":0}');
  let known = kept.at > made.at ? kept : made;
  const now = () => Math.floor(known.now + (RealDate.now() - known.at) * known.speed);
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length === 0) super(now());
      else super(...parts);
    }
    static now() {
      return now();
    }
  };
  const ask = async () => {
    try {
      known = { ...(await (await fetch(${JSON.stringify(askAt)})).json()), at: RealDate.now() };
      localStorage.setItem('demo-time', JSON.stringify(known));
    } catch {}
  };
  void ask();
  setInterval(ask, 1000);
})();
`;
}
