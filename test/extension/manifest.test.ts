// What the built extension asks of each browser: no more than docs/permissions.md accounts for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtExtension } from '../helpers/extension-browser.ts';

interface Manifest {
  readonly permissions: readonly string[];
  readonly optional_permissions?: readonly string[];
  readonly host_permissions?: readonly string[];
  readonly content_scripts?: readonly unknown[];
  readonly content_security_policy: { readonly extension_pages: string };
  readonly icons: Readonly<Record<string, string>>;
}

const page = readFileSync(new URL('../../docs/permissions.md', import.meta.url), 'utf8');

describe.each(['chrome', 'firefox'] as const)('the extension for %s', (browser) => {
  let folder: string;
  let manifest: Manifest;
  beforeAll(async () => {
    folder = await builtExtension(browser);
    manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  });

  test('asks for nothing that the page does not justify', () => {
    const asked = [...manifest.permissions, ...(manifest.optional_permissions ?? [])];
    expect(asked.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('reaches no server by itself and runs in no web page', () => {
    expect(manifest.host_permissions).toBeUndefined();
    expect(manifest.content_scripts).toBeUndefined();
  });

  test('runs only what is in the package', () => {
    const policy = manifest.content_security_policy.extension_pages;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe/);
  });

  test('carries an icon of each size', () => {
    for (const [size, path] of Object.entries(manifest.icons)) {
      const png = readFileSync(join(folder, path));
      expect(png.readUInt32BE(16)).toBe(Number(size));
    }
    expect(Object.keys(manifest.icons)).toEqual(['16', '32', '48', '128']);
  });
});
