const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/** Whether a string is an RFC 3339 §5.6 date and time. ajv-formats accepts more: `+0000`, a space for `T`. */
export function isDateTime(text: string): boolean {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  if (year === undefined) return false;
  const [months, days] = [Number(month), Number(day)];
  return months >= 1 && months <= 12 && days >= 1 && days <= daysIn(Number(year), months);
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** A time as milliseconds. Without a time zone it is read as UTC, while JavaScript would use the local one. */
export function parseTime(text: string): number {
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/i.test(text) ? text : `${text}Z`);
}
