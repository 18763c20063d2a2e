import { DocumentError } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";
import { parseDuration } from "./duration.ts";

/** `x-idempotency-key`: how a request is protected from being carried out twice. */
export interface IdempotencyKey {
  /** JSON Pointer into the request body. */
  readonly pointer: string;
  /** How long the key protects, in milliseconds; `undefined` where the document does not say. */
  readonly lifetime: number | undefined;
  /**
   * What the same key counts for separately: `client` (the credentials), `operation`, or the `x-option` of a parameter.
   */
  readonly scope: readonly string[];
  /** Whether a request that is refused uses up its key. */
  readonly usedByRefusal: boolean;
  /** Whether keys that differ in upper and lower case are different keys. */
  readonly caseSensitive: boolean;
  /** Whether the first answer comes back with the same status, or with any documented success. */
  readonly replayStatus: "same" | "any";
}

const KEYS = ["at", "lifetime", "scope", "usedByRefusal", "caseSensitive", "replayStatus", "x-assumption"];

/** Reads `x-idempotency-key`. @throws DocumentError at `place` where the extension can't be read: what it protects must not go unsaid. */
export function readIdempotencyKey(node: Json | undefined, place: string): IdempotencyKey | undefined {
  if (node === undefined) return undefined;
  if (!isObject(node)) {
    throw new DocumentError(place, "an object such as { at: /key, lifetime: PT24H } is needed");
  }
  const refuse = (key: string, needed: string): never => {
    throw new DocumentError(`${place}/${key}`, `${JSON.stringify(node[key] ?? null)} is not ${needed}`);
  };
  const unknown = Object.keys(node).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new DocumentError(`${place}/${unknown}`, "nothing reads this");
  const { at, lifetime, scope = ["client", "operation"], replayStatus = "same" } = node;
  const flag = (key: string, otherwise: boolean): boolean => {
    const value = node[key] ?? otherwise;
    return typeof value === "boolean" ? value : refuse(key, "true or false");
  };
  const milliseconds = typeof lifetime === "string" ? parseDuration(lifetime) : undefined;
  if (lifetime !== undefined && !(milliseconds !== undefined && milliseconds > 0)) {
    refuse("lifetime", "a duration such as PT24H (ISO 8601)");
  }
  return {
    pointer: typeof at === "string" && isPointer(at) && at !== "" ? at : refuse("at", "a JSON Pointer"),
    lifetime: milliseconds,
    scope: isNames(scope) ? scope : refuse("scope", "a list of names"),
    usedByRefusal: flag("usedByRefusal", false),
    caseSensitive: flag("caseSensitive", true),
    replayStatus:
      replayStatus === "same" || replayStatus === "any"
        ? replayStatus
        : refuse("replayStatus", "same or any"),
  };
}

function isNames(value: Json): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === "string");
}
