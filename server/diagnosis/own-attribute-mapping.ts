// An org's own attributes in the mapping of each identity provider: what they are called there, and where they are added.
// Pure.
import type { CustomAttribute, CustomAttributes } from '../../shared/custom-attributes.ts';
import type { ConnectionKind } from '../../shared/provisioning.ts';
import { foldCase } from '../scim/protocol/case-fold.ts';
import type { ExpectedAttribute, Setup } from './setup-step.ts';

interface MappingWords {
  readonly target: (urn: string, name: string) => string;
  readonly note: (urn: string) => string;
}

const words: Readonly<Record<ConnectionKind, MappingWords>> = {
  okta: {
    target: (_urn, name) => `external name ${name}`,
    note: (urn) =>
      `Your organization’s own attributes are added in Profile Editor by Add Attribute: the external name is the attribute’s, the external namespace ${urn}.`,
  },
  entra: {
    target: (urn, name) => `target attribute ${urn}:${name}`,
    note: (urn) =>
      `Your organization’s own attributes are added by Show advanced options, Edit attribute list for customappsso: each is ${urn}, a colon and its name.`,
  },
  other: {
    target: (_urn, name) => name,
    note: (urn) => `Your organization’s own attributes belong to the schema ${urn}.`,
  },
};

/** The set-up with what the org defined, as it stands in that console. */
export function withOwnAttributes(
  setup: Setup,
  kind: ConnectionKind,
  custom: CustomAttributes | undefined,
): Setup {
  if (custom === undefined || custom.attributes.length === 0) return setup;
  const { target, note } = words[kind];
  const { urn } = custom;
  const own = custom.attributes.map((attribute): ExpectedAttribute => {
    const { name, required } = attribute;
    return {
      attribute: `${urn}:${name}`,
      source: target(urn, name),
      required,
      looksRight: isListed(attribute),
    };
  });
  return {
    ...setup,
    attributes: [...setup.attributes, ...own],
    steps: setup.steps.map((step) => (step.shows === 'attributes' ? { ...step, always: note(urn) } : step)),
  };
}

function isListed({ canonicalValues, caseExact }: CustomAttribute): (value: string) => boolean {
  if (canonicalValues.length === 0) return () => true;
  const form = caseExact ? (text: string) => text : foldCase;
  const listed = new Set(canonicalValues.map(form));
  return (value) => listed.has(form(value));
}
