// The program: hands the command line and the environment to the commands.
import { run } from './cli/program.ts';
import { processTerminal } from './cli/terminal.ts';

// The database, the secret and backups are nobody else's to read; a stricter umask of the operator's stays.
process.umask(process.umask() | 0o027);
process.exitCode = await run(process.argv.slice(2), process.env, {
  terminal: processTerminal,
  now: Date.now,
});
