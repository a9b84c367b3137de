// What the directory says about a person, in the words of people instead of SCIM's. Pure.
import type { Attributes, Json } from '../scim/protocol/attribute.ts';
import { enterpriseUserUrn } from '../scim/protocol/enterprise-user-schema.ts';
import { isJsonArray, isJsonObject } from '../scim/protocol/json.ts';

/** A person by what their attributes say. */
export interface Person {
  /** The display name; of somebody who has none, the name in full, else the userName. */
  readonly name: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly title: string | null;
  readonly department: string | null;
  /** The manager as the directory names them: an id in it, and a name where one was sent. */
  readonly manager: { readonly id: string | null; readonly name: string | null } | null;
  readonly emails: readonly {
    readonly address: string;
    readonly type: string | null;
    readonly primary: boolean;
  }[];
}

/** Reads the person out of a member's row. */
export function personOf(member: { readonly attributes: string; readonly user_name: string }): Person {
  const attributes = JSON.parse(member.attributes) as Attributes;
  const name = objectOrNone(attributes.name);
  const work = objectOrNone(attributes[enterpriseUserUrn]);
  const [givenName, familyName] = [textOf(name.givenName), textOf(name.familyName)];
  const inParts = [givenName, familyName].filter((part) => part !== null).join(' ');
  return {
    name: textOf(attributes.displayName) ?? textOf(name.formatted) ?? textOf(inParts) ?? member.user_name,
    givenName,
    familyName,
    title: textOf(attributes.title),
    department: textOf(work.department),
    manager: managerOf(work.manager),
    emails: (isJsonArray(attributes.emails) ? attributes.emails : []).map(objectOrNone).flatMap((email) => {
      const address = textOf(email.value);
      return address === null ? [] : [{ address, type: textOf(email.type), primary: email.primary === true }];
    }),
  };
}

function managerOf(manager: Json | undefined): Person['manager'] {
  const { value, displayName } = objectOrNone(manager);
  const [id, name] = [textOf(value), textOf(displayName)];
  return id === null && name === null ? null : { id, name };
}

function objectOrNone(value: Json | undefined): { readonly [key: string]: Json } {
  return isJsonObject(value) ? value : {};
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}
