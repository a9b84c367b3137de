// What runs before a page's program: the page's last frame.
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { paintLastFrame } from '../lib/paint-frame.ts';

export default defineUnlistedScript(() => {
  void paintLastFrame();
});
