// TEMPORARY placeholder so that the server loads; engineer B overwrites this file.
import type { Attributes, ResourceType } from './attribute.ts';
import type { PatchStep } from './patch-plan.ts';
import type { Reading } from './quirk.ts';
export interface PatchRules { readonly createUnmatched: boolean }
export function applyPatch(_type: ResourceType, _resource: Attributes, _steps: readonly PatchStep[], _rules: PatchRules, _reading: Reading): Attributes { throw new Error('PATCH is coming'); }
