import { Extension } from "../document/extension.ts";
import type { Json } from "../json/json.ts";

/** `x-idempotency-key`: how a request is protected from being carried out twice. */
export interface IdempotencyKey {
  /** JSON Pointer into the request body. */
  readonly pointer: string;
  /** How long the key protects, in milliseconds; `undefined` if the document does not say. */
  readonly lifetime: number | undefined;
  /**
   * The scope of a key: the same key counts separately per `client` (the credentials), `operation`, or `x-option` of a
   * parameter.
   */
  readonly scope: readonly string[];
  /** Whether a refused request uses up its key. */
  readonly usedByRefusal: boolean;
  /** Whether keys that differ only in upper and lower case are different keys. */
  readonly caseSensitive: boolean;
  /** Whether the first answer is repeated with the same status, or with any documented success. */
  readonly replayStatus: "same" | "any";
}

const KEYS = ["at", "lifetime", "scope", "usedByRefusal", "caseSensitive", "replayStatus"];

/** Reads `x-idempotency-key`. @throws DocumentError if it can't be read */
export function readIdempotencyKey(node: Json | undefined, place: string): IdempotencyKey | undefined {
  if (node === undefined) return undefined;
  const key = new Extension(node, place, KEYS);
  return {
    pointer: key.pointer("at") || key.refuse("at", "a JSON Pointer to a field"),
    lifetime: key.has("lifetime") ? lifetimeOf(key) : undefined,
    scope: key.has("scope") ? key.texts("scope") : ["client", "operation"],
    usedByRefusal: key.flag("usedByRefusal", false),
    caseSensitive: key.flag("caseSensitive", true),
    replayStatus: key.has("replayStatus") ? key.oneOf("replayStatus", ["same", "any"]) : "same",
  };
}

function lifetimeOf(key: Extension): number {
  const { lifetime } = key.node;
  const milliseconds = typeof lifetime === "string" ? parseDuration(lifetime) : undefined;
  // A key with no lifetime would protect from nothing.
  return milliseconds || key.refuse("lifetime", "a duration such as PT24H (ISO 8601)");
}

/** Milliseconds of the parts of a duration. Years and months are not included: they have no fixed length. */
const PARTS = { weeks: 604_800_000, days: 86_400_000, hours: 3_600_000, minutes: 60_000, seconds: 1_000 };

const DURATION =
  /^P(?=.)(?:(?<weeks>\d+)W)?(?:(?<days>\d+)D)?(?:T(?=.)(?:(?<hours>\d+)H)?(?:(?<minutes>\d+)M)?(?:(?<seconds>\d+(?:\.\d+)?)S)?)?$/;

/** The length of an ISO 8601 duration such as `PT24H`, in milliseconds; `undefined` if the text is not one. */
function parseDuration(text: string): number | undefined {
  const groups = DURATION.exec(text)?.groups;
  if (groups === undefined) return undefined;
  return Object.entries(PARTS).reduce((sum, [name, length]) => sum + Number(groups[name] ?? 0) * length, 0);
}
