// The one way to read a dateTime value. Knows xsd:dateTime, no attribute.

const dateTime = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Reads an xsd:dateTime and writes it as UTC with milliseconds ("2011-05-13T04:42:34.000Z"), so that text order is
 * time order; undefined where the text is none. Without a time zone it is taken as UTC.
 * @see RFC 7643 §2.3.5
 */
export function readDateTime(text: string): string | undefined {
  const match = dateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, zone] = match;
  // The engine would roll 31 February over into March.
  if (Number(day) > new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()) return undefined;
  const instant = new Date(zone === undefined ? `${text}Z` : text);
  if (Number.isNaN(instant.getTime())) return undefined;
  const utc = instant.toISOString();
  // A zone can push the year out of its four digits, where text order ends.
  return utc.length === 24 ? utc : undefined;
}
