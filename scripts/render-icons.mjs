// Renders the extension's icons from their drawings, after one of them has changed. Knows sizes; Chromium does the rest.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { ensureChromium } from './ensure-chromium.mjs';

const folder = fileURLToPath(new URL('../extension/icon-drawings', import.meta.url));
const target = fileURLToPath(new URL('../extension/public/icon', import.meta.url));

/** The smallest has a drawing of its own, which stands on whole pixels. */
const drawings = { 16: 'mark-small.svg', 32: 'mark.svg', 48: 'mark.svg', 128: 'mark.svg' };

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
for (const [size, drawing] of Object.entries(drawings)) {
  const page = await browser.newPage({ viewport: { width: Number(size), height: Number(size) } });
  const svg = readFileSync(join(folder, drawing), 'utf8');
  await page.setContent(`<style>*{margin:0}svg{display:block;inline-size:100vw}</style>${svg}`);
  writeFileSync(join(target, `${size}.png`), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();
