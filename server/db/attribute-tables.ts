// The shape of the table of an org's own attributes, for Kysely. Knows columns, no SQL.

/** The one extension schema of an org; what stands in it is read again wherever the version has moved. */
export interface AttributeSchemaTable {
  org_id: string;
  urn: string;
  version: number;
  /** JSON: the definitions, those of removed attributes with the times of their removal among them. */
  definitions: string;
  /** When the first of the removed attributes' values are to be erased; null for none. */
  erase_at: number | null;
}
