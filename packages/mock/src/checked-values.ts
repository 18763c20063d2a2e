import { MockError } from "./mock-error.ts";

/**
 * Option values, checked the same way for the command and for code.
 * @throws MockError that names the option.
 */
export function whole(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
  throw wrong(name, `a whole number from ${least} to ${most}`, value);
}

export function share(name: string, value: unknown): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw wrong(name, "a number from 0 to 1", value);
}

export function text(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  throw wrong(name, "a string", value);
}

export function texts(name: string, value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map((one) => text(name, one));
  throw wrong(name, "a list of strings", value);
}

export function flag(name: string, value: unknown): boolean {
  if (typeof value === "boolean") return value;
  throw wrong(name, "true or false", value);
}

export function httpUrl(name: string, value: unknown): string {
  const url = text(name, value);
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url;
  throw wrong(name, "an http or https URL", value);
}

/** Refuses names that are not in this list. */
export function requireKnown(what: string, given: object, known: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new MockError(`${JSON.stringify(unknown)} is unknown in ${what}. Known: ${known.join(", ")}.`);
}

export function wrong(name: string, wanted: string, value: unknown): MockError {
  return new MockError(`${name} needs ${wanted}, not ${shown(value)}.`);
}

function shown(value: unknown): string {
  return typeof value === "number" || typeof value === "bigint"
    ? String(value)
    : (JSON.stringify(value) ?? typeof value);
}
