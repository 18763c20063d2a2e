import {
  assumptionAt,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import type { Assumed } from "./change.ts";
import { isWord } from "./words.ts";

/** What a change is about: an object or a keyword, or one name in the keyword's list. */
export interface Spot {
  readonly document: OpenApiDocument;
  readonly pointer: string;
  readonly name?: string | undefined;
}

/**
 * Whether everything that differs between two versions of something was only assumed in the last release, or is only
 * assumed now. For an object, each key is checked separately.
 */
export function assumedChange(old: Spot | undefined, now: Spot | undefined): Assumed | undefined {
  const places = old === undefined || now === undefined ? [""] : differences(read(old), read(now));
  const found = places.map((below) => reasonAt(old, below) ?? reasonAt(now, below));
  const reasons = found.filter((reason) => reason !== undefined);
  if (reasons.length === 0 || reasons.length < found.length) return undefined;
  const before = places.every((below) => reasonAt(old, below) !== undefined);
  return { before, reason: [...new Set(reasons)].join(" ") };
}

function reasonAt(spot: Spot | undefined, below: string): string | undefined {
  if (spot === undefined) return undefined;
  const { document, pointer, name } = spot;
  return assumptionAt(document, pointer + below, name)
    ?.trim()
    .replaceAll(/\s+/g, " ");
}

/** Pointers to the differences between two values, as deep as both are objects. */
function differences(old: Json | undefined, now: Json | undefined): string[] {
  if (!isObject(old) || !isObject(now)) return [""];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => !isProse(key, old[key] ?? now[key]) && JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
  return keys.flatMap((key) => differences(old[key], now[key]).map((below) => formatPointer([key]) + below));
}

function isProse(key: string, value: Json | undefined): boolean {
  return key === "x-assumption" || (isWord(key) && typeof value === "string" && value.includes(" "));
}

function read({ document, pointer }: Spot): Json | undefined {
  return getAt(document, pointer);
}

/** The same for one place in each of two documents. */
export function assumedIn(
  { before, after }: { readonly before: OpenApiDocument; readonly after: OpenApiDocument },
  old: string | undefined,
  now: string | undefined,
  ...keys: string[]
): Assumed | undefined {
  const [from, to] = [
    { document: before, pointer: old },
    { document: after, pointer: now },
  ].map(({ document, pointer }): Spot | undefined =>
    pointer === undefined ? undefined : { document, pointer: pointer + formatPointer(keys) },
  );
  return assumedChange(from, to);
}
