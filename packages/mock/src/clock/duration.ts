import { MockError } from "../mock-error.ts";

const UNITS = new Map([
  ["ms", 1],
  ["s", 1_000],
  ["m", 60_000],
  ["h", 3_600_000],
  ["d", 86_400_000],
]);

/**
 * Milliseconds of a duration such as `25h`, `1h30m` or `90s`, or of a number of milliseconds.
 * @throws MockError if it is something else.
 */
export function milliseconds(duration: string | number): number {
  if (typeof duration === "number" && Number.isFinite(duration) && duration >= 0) return duration;
  const text = String(duration);
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) {
    throw new MockError(`${JSON.stringify(duration)} is not a duration such as 25h, 1h30m or 90s.`);
  }
  const parts = text.matchAll(/([\d.]+)([a-z]+)/g);
  return [...parts].reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS.get(unit ?? "") ?? 0), 0);
}

/**
 * Milliseconds since 1970 of an RFC 3339 time, a date, or a number of milliseconds.
 * @throws MockError if it is something else.
 */
export function moment(time: string | number | Date): number {
  const isTime = typeof time !== "string" || /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$/i.test(time);
  const found = isTime ? new Date(time).getTime() : Number.NaN;
  if (Number.isNaN(found)) {
    throw new MockError(`${JSON.stringify(time)} is not a time such as 2026-03-01T09:00:00Z.`);
  }
  return requireTold(found);
}

/** The years that RFC 3339 can express after 1970, less one at the end for planned work. */
const [FIRST, LAST] = [0, Date.UTC(9999, 0, 1)];

/**
 * Makes sure that an answer can express a time, in milliseconds since 1970.
 * @throws MockError if it can't.
 */
export function requireTold(time: number): number {
  if (time >= FIRST && time < LAST) return time;
  throw new MockError("The clock can only be set to the years 1970 to 9998.");
}
