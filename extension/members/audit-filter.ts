// The audit log's filters between the address of the page and the server. Pure.
import type { AuditFilter } from '../../shared/audit.ts';

const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;

/** What the parameters of the page's address ask for; what cannot be read asks for nothing. Days are the reader's own. */
export function auditFilterOf(params: Readonly<Record<string, string>>): AuditFilter {
  const from = startOfDay(params.from, 0);
  const to = startOfDay(params.to, 1);
  return {
    ...(params.action && { action: params.action }),
    ...(params.actor && { actorId: params.actor }),
    ...(params.subject && { subjectId: params.subject }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
}

/** The filter as the download's address carries it. */
export function auditQueryString(filter: AuditFilter): string {
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]) => [name, String(value)]),
  ).toString();
  return query === '' ? '' : `?${query}`;
}

function startOfDay(text: string | undefined, daysLater: number): number | undefined {
  const [, year, month, day] = dayPattern.exec(text ?? '') ?? [];
  if (year === undefined) return undefined;
  return new Date(Number(year), Number(month) - 1, Number(day) + daysLater).getTime();
}
