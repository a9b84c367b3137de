// `npm run bench [-- name…] [--quick]`: runs the benchmarks named, or all of them, and prints what they found.
import { cpus } from 'node:os';
import { leaveServerCore, pinning } from './child-process.ts';
import { benchCreate, benchCreatePostgres } from './create.ts';
import { benchExtension } from './extension.ts';
import { benchExtensionPage } from './extension-page.ts';
import { type Figure, printFigures } from './figure.ts';
import { benchGroupPatch } from './group-patch.ts';
import { benchInvite } from './invite.ts';
import { benchLive } from './live.ts';
import { benchLiveHttp } from './live-http.ts';
import { benchLookup } from './lookup.ts';
import { benchMembers } from './members.ts';
import { benchMemory } from './memory.ts';
import { benchPages } from './pages.ts';
import { full, quick, type Sizes } from './sizes.ts';
import { benchStall } from './stall.ts';
import { benchStartup } from './startup.ts';
import { buildSubjects } from './subject.ts';

const benchmarks: Readonly<Record<string, (sizes: Sizes) => Promise<readonly Figure[]>>> = {
  create: benchCreate,
  'create-postgres': benchCreatePostgres,
  lookup: benchLookup,
  'group-patch': benchGroupPatch,
  pages: benchPages,
  members: benchMembers,
  memory: benchMemory,
  startup: benchStartup,
  stall: benchStall,
  invite: benchInvite,
  live: benchLive,
  'live-http': benchLiveHttp,
  extension: benchExtension,
  'extension-page': benchExtensionPage,
};

const names = process.argv.slice(2).filter((argument) => argument !== '--quick');
const unknown = names.filter((name) => !(name in benchmarks));
if (unknown.length > 0) {
  console.error(
    `There is no benchmark ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`,
  );
  process.exit(2);
}

const sizes = process.argv.includes('--quick') ? quick : full;
const processor = cpus();
console.log(`${processor[0]?.model}, ${processor.length} cores, Node ${process.version}; ${pinning}`);
if (sizes === quick) console.log('Quick: small directories and short stretches; not figures to quote.');
await buildSubjects();
leaveServerCore();
let missed = 0;
for (const [name, run] of Object.entries(benchmarks)) {
  if (names.length === 0 || names.includes(name)) missed += printFigures(name, await run(sizes));
}
console.log(missed === 0 ? '\nEvery target met.' : `\n${missed} missed.`);
