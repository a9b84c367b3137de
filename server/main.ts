// The program: hands the command line and the environment to the commands.
import { run } from './cli/program.ts';

process.exitCode = await run(process.argv.slice(2), process.env);
