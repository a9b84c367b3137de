#!/usr/bin/env node
// Runs Rollcall in this very process, so that signals reach it. Knows that it may stand in a fresh clone: it installs
// what is missing and builds what is stale first, and knows nothing of the commands.
import { ensureBuilt } from '../scripts/ensure-built.mjs';
import { ensureInstalled } from '../scripts/ensure-installed.mjs';

try {
  ensureInstalled();
  await ensureBuilt();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
await import('../dist/server/main.js');
