// What the bundler puts into the code, and what its types leave out.
import 'wxt/browser';

declare global {
  interface ImportMetaEnv {
    readonly FIREFOX: boolean;
    readonly BROWSER: string;
  }

  interface ImportMeta {
    readonly env: ImportMetaEnv;
  }
}

declare module 'wxt/browser' {
  interface WxtRuntime {
    getURL(path: string): string;
  }
}
