// How the extension is built for each browser: what its manifest asks for, and nothing of what it does.
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import type { FrameKey } from './extension/lib/storage.ts';
import { chromiumExtension, geckoExtension } from './shared/extension.ts';

/** Everything comes out of the package; servers are spoken to, and nothing of theirs runs. Components set styles. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  'connect-src https: http://127.0.0.1:* http://localhost:*',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** As they stand in public/icon. */
const iconSizes = [16, 32, 48, 128];

/** Where the pages that paint their last frame first keep it. */
const frames = { popup: 'popupFrame', members: 'membersFrame' } as const satisfies Record<string, FrameKey>;

/** These pages' programs wait in a template, and a small script loads them afterwards. */
const lastFrameFirst: Plugin = {
  name: 'last-frame-first',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(html, { path }) {
      const [, frame] = Object.entries(frames).find(([page]) => path.includes(`${page}/`)) ?? [];
      if (frame === undefined) return html;
      const program = /[ \t]*<(?:script type="module"|link rel="modulepreload")[^>]*>(?:<\/script>)?\n?/g;
      const waiting = [...html.matchAll(program)].map(([tag]) => tag.trim()).join('');
      return html
        .replace(program, '')
        .replace('<head>', `<head><script src="/first-frame.js" data-frame="${frame}"></script>`)
        .replace('</body>', `<template>${waiting}</template></body>`);
    },
  },
};

/** Every page's font is fetched with its styles: found by its first letters, it would come after they were laid out. */
const fontWithStyles: Plugin = {
  name: 'font-with-styles',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler(_html, { bundle = {} }) {
      const font = Object.keys(bundle).find((file) => /inter-latin-wght.*\.woff2$/.test(file));
      if (font === undefined) throw new Error('extension/lib/inter.css has no font of this name any more.');
      const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href: `/${font}` };
      return [{ tag: 'link', attrs, injectTo: 'head' }];
    },
  },
};

/** A page's styles are fetched as one file. The links stay, disabled: what is loaded later looks there for what it needs. */
const stylesInOne: Plugin = {
  name: 'styles-in-one',
  apply: 'build',
  enforce: 'post',
  generateBundle(_options, bundle) {
    const link = /<link rel="stylesheet"[^>]* href="\/([^"]+)">/g;
    for (const page of Object.values(bundle)) {
      if (page.type !== 'asset' || !page.fileName.endsWith('.html')) continue;
      const html = String(page.source);
      const styles = [...html.matchAll(link)].map(([, file = '']) => bundle[file]);
      const source = styles.map((file) => (file?.type === 'asset' ? String(file.source) : '')).join('');
      const all = this.getFileName(this.emitFile({ type: 'asset', name: 'page.css', source }));
      page.source = html
        .replace(link, (tag) => tag.replace(/>$/, ' disabled>'))
        .replace('<link rel="stylesheet"', `<link rel="stylesheet" href="/${all}">$&`);
    }
  },
};

export default defineConfig({
  srcDir: 'extension',
  outDir: 'dist/extension',
  publicDir: 'extension/public',
  modules: ['@wxt-dev/module-react'],
  imports: false,
  manifestVersion: 3,
  webExt: { disabled: true },
  vite: () => ({ plugins: [lastFrameFirst, fontWithStyles, stylesInOne] }),
  // Reviewers build from it; what they do not need stays out.
  zip: { excludeSources: ['dist/**', 'test/**', 'bench/**', 'docs/**'] },
  manifest: ({ browser, mode }) => ({
    name: 'Rollcall',
    description: 'Who is in your directory, who is still on the way, and whether provisioning works.',
    permissions: [
      'storage',
      'alarms',
      'identity',
      'notifications',
      'contextMenus',
      ...(browser === 'firefox' ? [] : ['sidePanel']),
    ],
    optional_host_permissions: ['https://*/*', 'http://127.0.0.1/*', 'http://localhost/*'],
    content_security_policy: { extension_pages: contentSecurityPolicy },
    icons: Object.fromEntries(iconSizes.map((size) => [size, `icon/${size}.png`])),
    storage: { managed_schema: 'managed-schema.json' },
    options_ui: { page: 'members.html', open_in_tab: true },
    commands: {
      _execute_action: {
        suggested_key: { default: 'Alt+Shift+R' },
        description: 'Open Rollcall',
      },
    },
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: geckoExtension.id,
              strict_min_version: '128.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : {
          // A store gives an id of its own, and takes no package that asks for another.
          ...(mode !== 'store' && { key: chromiumExtension.key }),
          minimum_chrome_version: '120',
        }),
  }),
});
