// `npm run demo`: installs what is missing, then runs test/demo/main.ts with the same arguments, in this very process, so that
// Ctrl-C reaches it.
import { ensureInstalled } from './ensure-installed.mjs';

// Pages and mails are rendered many times faster without React's checks.
process.env.NODE_ENV ??= 'production';
try {
  ensureInstalled({ withDevelopment: true });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
const { register } = await import('tsx/esm/api');
register();
await import('../test/demo/main.ts');
