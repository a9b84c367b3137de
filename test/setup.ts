// Runs before each test file, also where files share their modules: what one replaces, the next one does not meet.
import { afterAll, vi } from 'vitest';
import { endFile } from './helpers/end-of-file.ts';

afterAll(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  await endFile();
});
