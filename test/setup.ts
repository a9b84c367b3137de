// Runs before each test file, also where files share their modules.
import { afterAll } from 'vitest';
import { endFile } from './helpers/end-of-file.ts';

afterAll(endFile);
