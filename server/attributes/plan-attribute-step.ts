// What one step makes of an org's definitions, and which steps are refused. Pure.
import {
  type AttributeStep,
  type CustomAttribute,
  type CustomAttributes,
  customAttributeGraceDays,
  mostCustomAttributes,
} from '../../shared/custom-attributes.ts';
import { AppError } from '../core/app-error.ts';

const day = 86_400_000;

/** Requests that were read by the definitions of before are over by then, so that erasing misses none of them. */
const settling = 60_000;

/** What a step does, who it is about, and the definitions after it. */
export interface PlannedStep {
  readonly name: string;
  readonly told: 'added' | 'changed' | 'removed' | 'put back' | 'erased';
  readonly before: CustomAttribute | undefined;
  readonly after: CustomAttribute | undefined;
  readonly definitions: Pick<CustomAttributes, 'attributes' | 'removed'>;
}

/** @throws AppError `attribute.not_found`, `attribute.too_many`, `attribute.name_taken`, `attribute.name_resting` */
export function planAttributeStep(
  { attributes, removed }: CustomAttributes,
  step: AttributeStep,
  now: number,
): PlannedStep {
  const asked = 'name' in step ? step.name : step.attribute.name;
  const isIt = (one: CustomAttribute) => one.name.toLowerCase() === asked.toLowerCase();
  const before = attributes.find(isIt);
  const resting = removed.find(({ attribute }) => isIt(attribute));
  switch (step.kind) {
    case 'add': {
      const { attribute: after } = step;
      if (before !== undefined) throw new AppError('attribute.name_taken', { name: before.name });
      if (resting !== undefined)
        throw new AppError('attribute.name_resting', { name: resting.attribute.name });
      if (attributes.length + removed.length >= mostCustomAttributes)
        throw new AppError('attribute.too_many', { most: mostCustomAttributes });
      const definitions = { attributes: [...attributes, after], removed };
      return { name: after.name, told: 'added', before, after, definitions };
    }
    case 'change': {
      if (before === undefined) throw new AppError('attribute.not_found', { name: asked });
      // The name is where the values are stored, so its spelling stays.
      const after = { ...step.attribute, name: before.name };
      const changed = attributes.map((one) => (one === before ? after : one));
      const definitions = { attributes: changed, removed };
      return { name: before.name, told: 'changed', before, after, definitions };
    }
    case 'remove': {
      if (before === undefined) throw new AppError('attribute.not_found', { name: asked });
      const gone = { attribute: before, removedAt: now, eraseAt: now + customAttributeGraceDays * day };
      const definitions = {
        attributes: attributes.filter((one) => one !== before),
        removed: [...removed, gone],
      };
      return { name: before.name, told: 'removed', before, after: undefined, definitions };
    }
    case 'put-back': {
      // Once they are due, some of the values are gone already.
      if (resting === undefined || resting.eraseAt <= now)
        throw new AppError('attribute.not_found', { name: asked });
      const { attribute: after } = resting;
      const definitions = {
        attributes: [...attributes, after],
        removed: removed.filter((one) => one !== resting),
      };
      return { name: after.name, told: 'put back', before: undefined, after, definitions };
    }
    case 'erase': {
      if (resting === undefined) throw new AppError('attribute.not_found', { name: asked });
      const sooner = { ...resting, eraseAt: Math.min(resting.eraseAt, now + settling) };
      const definitions = { attributes, removed: removed.map((one) => (one === resting ? sooner : one)) };
      return {
        name: resting.attribute.name,
        told: 'erased',
        before: undefined,
        after: undefined,
        definitions,
      };
    }
  }
}
