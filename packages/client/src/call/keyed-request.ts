import type { KeyedCallOptions, StoredCall, Time } from "../runtime/call-options.ts";
import { digestOf, isObject, isSameJson, parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import { isOutcome, type Outcome } from "../runtime/outcome.ts";
import { writeBody } from "./request-body.ts";

/** A request body with its idempotency key, and the outcome of earlier requests with that key, as far as it is known. */
export interface KeyedRequest {
  /** `undefined` for an operation that takes none. Its own property, whatever `Object.prototype` has. */
  key: string | undefined;
  /** The text to send; before that is known, the one that was sent. */
  body?: string | undefined;
  /** A digest of what was sent, where nothing else is known. */
  digest?: number | undefined;
  /** What a failure means now. */
  outcome: Outcome;
  /** When the first request with the key was sent, in milliseconds since the epoch. */
  firstSentAt?: number | undefined;
  /** The account that it was sent for. */
  account?: string | undefined;
}

/**
 * What a failure means before anything was sent. A key passed by the caller may have been used before, so what
 * it is for may have been carried out, even if this call is never sent.
 * @param own the key that the body has
 */
function outcomeSoFar(
  { continue: earlier, idempotencyKey, firstSentAt, keyIsNew }: KeyedCallOptions,
  own: unknown,
): Outcome {
  const given = keyIsNew === true ? undefined : (own ?? idempotencyKey);
  return earlier === undefined && (given ?? firstSentAt) == null ? "not_sent" : "unknown";
}

/**
 * The key in a text; `null` if the text has no such place.
 * @param expected the key that the body had before it was written
 */
function keyIn(place: readonly string[], text: string | undefined, expected?: unknown): unknown {
  if (!text) return null;
  const name = JSON.stringify(place.at(-1));
  // To parse it takes much longer, and most programs add the key at the end.
  const isAtEnd = expected && place.length === 1 && text.endsWith(`,${name}:${JSON.stringify(expected)}}`);
  if (isAtEnd) return expected;
  // In a text that a program has stored, the name may be written in another way.
  const isPossible = text.includes(name) || text.includes("\\u");
  return isPossible ? (valueAt(parseJson(text), place) ?? undefined) : null;
}

/**
 * Puts the idempotency key where the operation expects it: the key from the body or the options, the key of the
 * continued call, or a fresh UUID.
 * @param body the request body, as the caller gave it
 * @param known learns what there is to know, also where an error ends it: nothing that a caller gave is lost
 * @returns the body as text, without a key that was added
 * @throws Error if the body cannot be sent, or anything about the key is doubtful.
 */
export function readKeyedRequest(
  operation: Operation,
  options: KeyedCallOptions,
  body: unknown,
  known: KeyedRequest,
): string | undefined {
  const { key: place } = operation;
  const { continue: continued, idempotencyKey, firstSentAt, keyIsNew } = options;
  if (!place) {
    if (continued === undefined) known.outcome = "not_sent";
    if ((continued ?? idempotencyKey) !== undefined) {
      throw new Error("the operation takes no idempotency key");
    }
    known.body = writeBody(body);
    return known.body;
  }
  const expected = valueAt(body, place);
  known.outcome = outcomeSoFar(options, expected);
  const earlier = continued === undefined ? undefined : readEarlier(operation, continued);
  const { account, firstSentAt: first } = earlier ?? options;
  const given = earlier ? earlier.key : idempotencyKey;
  const sent = earlier?.sent;
  if (given !== undefined) known.key = readKey(operation, given, (earlier ?? known).outcome);
  known.body = sent;
  known.digest = earlier?.digest;
  known.account = account;
  known.firstSentAt = readTime(first);
  if (keyIsNew && firstSentAt !== undefined) throw new Error("a new key has no firstSentAt");
  const text = writeBody(body);
  const own = keyIn(place, text, expected);
  known.outcome = outcomeSoFar(options, own);
  const key = readKey(operation, earlier ? given : (own ?? given), (earlier ?? known).outcome);
  known.key = key;
  if (earlier?.lacks) throw new Error("continue lacks the body, time, account or outcome");
  if ((idempotencyKey ?? key) !== key) throw new Error(KEYS_DIFFER);
  const full = withKey(place, key, text, own);
  if (!earlier) {
    known.body = full;
    return text;
  }
  const content = parseJson(full);
  const before = sent && withKey(place, key, sent, keyIn(place, sent));
  const isSame = before
    ? isSameJson(parseJson(before), content)
    : [undefined, digestOf(content)].includes(earlier.digest);
  if (!isSame) throw new Error("the body differs from the one that was sent");
  known.body = before ?? full;
  known.outcome = earlier.outcome;
  return text;
}

/** What the caller says about earlier requests. */
interface EarlierCall {
  readonly key: unknown;
  readonly outcome: Outcome;
  readonly firstSentAt?: Time | undefined;
  readonly account?: string | undefined;
  /** The text that was sent, or would have been but for its key. */
  readonly sent?: string | undefined;
  /** A digest of it, if nothing else is known. */
  readonly digest?: number | undefined;
  /** Whether this is too little to go on with. */
  readonly lacks?: boolean;
}

/** What a caller may have given. */
interface GivenCall extends Partial<StoredCall> {
  readonly idempotencyKey?: unknown;
  readonly requestBody?: unknown;
  readonly requestDigest?: number;
}

function readEarlier({ id }: Operation, given: unknown): EarlierCall {
  const call: GivenCall = isObject<GivenCall>(given) ? given : {};
  const { operation, outcome = "unknown", firstSentAt, account, requestDigest: digest } = call;
  // With the key of another operation, the API may carry it out again.
  if (operation !== id) throw new Error(`continue is a call of ${operation}, not of ${id}`);
  // A stored call has `key`; an error, or its JSON, has `idempotencyKey`.
  const isStored = "key" in call;
  const body = isStored ? call.body : call.requestBody;
  const sent = typeof body === "string" ? body : writeBody(body);
  const needed = outcome === "unknown" ? [sent ?? digest, firstSentAt, account] : [sent ?? digest];
  return {
    key: isStored ? call.key : call.idempotencyKey,
    outcome,
    firstSentAt,
    account,
    sent,
    digest,
    // An error that came before the body was read has none.
    lacks: !isOutcome(outcome) || ((isStored || outcome !== "not_sent") && needed.includes(undefined)),
  };
}

const KEYS_DIFFER = "the idempotency keys differ";

/**
 * A body with the key in its place.
 * @param own the key that it has, as `keyIn()` finds it
 */
function withKey(place: readonly string[], key: string, text = "", own: unknown): string {
  if (own === key) return text;
  if (own != null) throw new Error(KEYS_DIFFER);
  const written = JSON.stringify(key);
  if (own === null && place.length === 1 && text.startsWith('{"')) {
    return `{${JSON.stringify(place[0])}:${written},${text.slice(1)}`;
  }
  const full = JSON.stringify(put(parseJson(text), place, key));
  // Only the key in the bytes protects: a global `toJSON` that a program has added may drop it.
  if (full.includes(written)) return full;
  throw new Error("the body lacks the idempotency key");
}

function put(node: unknown, [name = "", ...rest]: readonly string[], key: string): object {
  if (!isObject(node)) throw new Error("the body has no place for the idempotency key");
  const next = rest.length > 0 ? put(Object.hasOwn(node, name) ? node[name] : {}, rest, key) : key;
  return { ...node, [name]: next };
}

// If the server is case-sensitive, the same UUID in another case would count as a new key.
const UUID = /^(?![0-]+$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** @throws Error if the key does not protect. */
function readKey({ keyIsUuid }: Operation, key: unknown, outcome: Outcome): string {
  if (key === undefined && outcome === "not_sent") return crypto.randomUUID();
  if (typeof key === "string" && (keyIsUuid ? UUID : /./).test(key)) return key;
  throw new Error(`the idempotency key is no ${keyIsUuid ? "UUID in lower case" : "string"}`);
}

function readTime(value: Time | undefined): number | undefined {
  if (value === undefined) return undefined;
  // A time without a zone would be read in this machine's zone, hours off. Databases store such times.
  const isSure = typeof value !== "string" || /(Z|GMT|:[\d.]+ ?[+-]\d\d(:?\d\d)?)$/.test(value);
  // PostgreSQL leaves out the minutes of a zone, and not every runtime can do without.
  const given = typeof value === "string" ? value.replace(/[+-]\d\d$/, "$&:00") : value;
  const time = new Date(isSure ? given : "").getTime();
  if (Number.isNaN(time)) throw new Error("firstSentAt is no time with a zone");
  return time;
}
