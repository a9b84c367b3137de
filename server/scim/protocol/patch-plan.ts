// TEMPORARY placeholder so that the server loads; engineer B overwrites this file.
import type { Json, ResourceType } from './attribute.ts';
import type { ResolvedFilter } from './filter-resolve.ts';
import type { ResolvedPath } from './path.ts';
import type { Reading } from './quirk.ts';
export interface PatchTarget { readonly path: ResolvedPath; readonly filter?: ResolvedFilter }
export interface PatchStep { readonly op: 'add' | 'replace' | 'remove'; readonly target: PatchTarget; readonly value?: Json }
export function planPatch(_type: ResourceType, _body: unknown, _reading: Reading): readonly PatchStep[] { throw new Error('PATCH is coming'); }
