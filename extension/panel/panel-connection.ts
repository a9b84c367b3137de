// A connection as the panel sees it: the API's answer, by name. Type only.
import type { Outputs } from '../lib/api.ts';

export type Connection = Outputs['connections']['list'][number];
