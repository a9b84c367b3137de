// The background of the extension: starts its parts, and holds no logic.
import { defineBackground } from 'wxt/utils/define-background';
import { closeToContentScripts } from '../lib/storage.ts';

export default defineBackground({
  type: 'module',
  main() {
    void closeToContentScripts();
  },
});
