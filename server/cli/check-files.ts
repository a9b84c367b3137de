// Looks at the data folder: room on its disk, and who else can read what is in it. Changes nothing.
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Check, ok, problem, warning } from './check.ts';
import { sizeOf } from './wording.ts';

const tooLittle = 200e6;
const little = 2e9;

/** The room left on the data folder's disk, or where the folder will be made. */
export async function checkDisk(dataDir: string): Promise<Check> {
  const { bavail, bsize } = await statfs(nearestExisting(dataDir));
  const free = bavail * bsize;
  const message = `${sizeOf(free)} are free on the disk of ${dataDir}.`;
  if (free >= little) return ok('disk', message);
  const mend = 'Make room, or move the data folder to a larger disk and name it in ROLLCALL_DATA_DIR.';
  return free < tooLittle ? problem('disk', message, mend) : warning('disk', message, mend);
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

/** Whether this user can write the data folder, and nobody outside its group can read the secret and the database. */
export function checkPermissions(dataDir: string): Check {
  if (!existsSync(dataDir))
    return ok('permissions', 'There is no data folder yet; it is made with the first start.');
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const mend = 'Give the user who runs Rollcall the ownership of the folder and of all that is in it.';
    return problem('permissions', `This user cannot write to ${dataDir}.`, mend);
  }
  if (process.platform === 'win32') return ok('permissions', `${dataDir} can be written.`);
  const exposed = canEnter(dataDir) ? exposedFiles(dataDir) : [];
  if (exposed.length === 0) return ok('permissions', 'Only this user and its group can read what is kept.');
  return problem(
    'permissions',
    `Everybody on this computer can read or write ${exposed.join(', ')} in ${dataDir}.`,
    `chmod -R o-rwx ${dataDir}`,
  );
}

function canEnter(folder: string): boolean {
  return (statSync(folder).mode & constants.S_IXOTH) !== 0;
}

function exposedFiles(dataDir: string): readonly string[] {
  const ours = readdirSync(dataDir).filter((name) => name === 'secret' || name.startsWith('rollcall.db'));
  return ours.filter(
    (name) => (statSync(join(dataDir, name)).mode & (constants.S_IROTH | constants.S_IWOTH)) !== 0,
  );
}
