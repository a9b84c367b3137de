// Finds what the operator names on the command line, or says that there is none.
import { AppError } from '../core/app-error.ts';
import type { Db } from '../db/database.ts';
import { findOrgBySlug, type OrgRow } from '../orgs/org-store.ts';
import { type ConnectionWithTokens, findConnection } from '../provisioning/connection-store.ts';

/** @throws AppError `org.not_found` */
export async function orgNamed(db: Db, slug: string): Promise<OrgRow> {
  const org = await findOrgBySlug(db, slug);
  if (org === undefined) throw new AppError('org.not_found', { org: slug });
  return org;
}

/** @throws AppError `connection.not_found` */
export async function connectionNamed(db: Db, id: string): Promise<ConnectionWithTokens> {
  const connection = await findConnection(db, id);
  if (connection === undefined) throw new AppError('connection.not_found', { connection: id });
  return connection;
}
