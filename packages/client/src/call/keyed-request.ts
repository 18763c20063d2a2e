import type { KeyedCallOptions } from "../runtime/call-options.ts";
import { digestOf, isObject, isSameJson, parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import { isOutcome, type Outcome } from "../runtime/outcome.ts";
import { writeBody } from "./request-body.ts";

/** A request body with its idempotency key, and the outcome of earlier requests with that key. */
export interface KeyedRequest {
  /** `undefined` for an operation without one. */
  readonly key?: string | undefined;
  /** The body with its key, as a JSON value. */
  readonly content?: unknown;
  /** The text to send. */
  readonly body?: string | undefined;
  /** The outcome of earlier requests with the key. */
  readonly outcome: Outcome;
  /** When the first of them was sent, in milliseconds since the epoch. */
  readonly firstSentAt?: number | undefined;
  /** The account that it was sent for. */
  readonly account?: string | undefined;
}

/**
 * What a failure means before anything was sent. A key passed by the caller may have been used before, so its payout
 * may have been made, even if this call is never sent.
 */
export function outcomeSoFar(
  { key: place }: Operation,
  { continue: earlier, idempotencyKey, firstSentAt, keyIsNew }: KeyedCallOptions,
  body: unknown,
): Outcome {
  if (earlier !== undefined) return "unknown";
  if (!place) return "not_sent";
  const given = keyIsNew === true ? undefined : (valueAt(body, place) ?? idempotencyKey);
  return (given ?? firstSentAt) == null ? "not_sent" : "unknown";
}

/**
 * Puts the idempotency key where the operation expects it: the key from the body or the options, the key of the
 * continued call, or a fresh UUID.
 * @param body the body as a JSON value
 * @param text the same as JSON text
 * @throws Error if anything about the key is doubtful.
 */
export function readKeyedRequest(
  operation: Operation,
  options: KeyedCallOptions,
  body: unknown,
  text: string | undefined,
): KeyedRequest {
  const { key: place } = operation;
  const { continue: continued, idempotencyKey, firstSentAt, keyIsNew } = options;
  const outcome = outcomeSoFar(operation, options, body);
  if (!place) {
    if (outcome === "unknown" || idempotencyKey !== undefined) {
      throw new Error("the operation takes no idempotency key");
    }
    // Read the own property, whatever `Object.prototype` has.
    return { key: undefined, content: body, body: text, outcome };
  }
  if (!isObject(body)) throw new Error("the body is not an object");
  if (keyIsNew && firstSentAt !== undefined) throw new Error("a new key has no firstSentAt");
  const ownKey = valueAt(body, place) ?? undefined;
  const earlier: EarlierCall =
    continued === undefined
      ? { ...options, key: ownKey ?? idempotencyKey, outcome }
      : readEarlier(operation, place, continued);
  for (const given of [ownKey, idempotencyKey]) requireSameKey(given ?? earlier.key, earlier.key);
  const key = readKey(operation, earlier);
  const { sent, digest } = earlier;
  const content = ownKey === undefined ? put(body, place, key) : body;
  if (sent === undefined ? digest && digest !== digestOf(content) : !isSameJson(parseJson(sent), content)) {
    throw new Error("the body differs from the one that was sent");
  }
  return {
    key,
    content,
    body: sent ?? (ownKey === undefined ? writeKeyed(content, key) : text),
    outcome: earlier.outcome,
    firstSentAt: readTime(earlier.firstSentAt),
    account: earlier.account,
  };
}

/** What the caller says about earlier requests. */
interface EarlierCall {
  readonly key: unknown;
  readonly outcome: Outcome;
  readonly firstSentAt?: unknown;
  readonly account?: string | undefined;
  /** The text that was sent, with its key. */
  readonly sent?: string | undefined;
  /** A digest of it, if nothing else is known. */
  readonly digest?: unknown;
}

function readEarlier({ id }: Operation, place: readonly string[], given: unknown): EarlierCall {
  if (!isObject(given)) throw new Error("continue is not an object");
  const { operation, outcome = "unknown", firstSentAt, account, requestDigest: digest } = given;
  // With the key of another operation, the API may carry it out again.
  if (operation === undefined) {
    throw new Error(`continue lacks the operation: add "${id}" if that is what was called`);
  }
  if (operation !== id) throw new Error(`continue is a call of ${operation}, not of ${id}`);
  // A stored call has `key`; an error, or its JSON, has `idempotencyKey`.
  const isStored = "key" in given;
  const key = isStored ? given["key"] : given["idempotencyKey"];
  const body = isStored ? given["body"] : given["requestBody"];
  const text = typeof body === "string" ? body : writeBody(body);
  const needed = isStored ? [text, account, firstSentAt] : [text ?? digest, account];
  const lacks = outcome === "unknown" ? needed.includes(undefined) : isStored && !text;
  if (!isOutcome(outcome) || lacks) {
    throw new Error("continue lacks the body, time, account or outcome");
  }
  const content = text && parseJson(text);
  const sentKey = valueAt(content, place);
  requireSameKey(sentKey ?? key, key);
  const sent = sentKey ? text : text && writeKeyed(put(content, place, key), key);
  return { key, outcome, firstSentAt, account: account === undefined ? account : `${account}`, sent, digest };
}

/** Only the key in the bytes protects: a global `toJSON` that a program has added may drop it. */
function writeKeyed(content: unknown, key: unknown): string {
  const text = JSON.stringify(content);
  if (text.includes(JSON.stringify(key))) return text;
  throw new Error("the body lacks the idempotency key");
}

function requireSameKey(one: unknown, other: unknown): void {
  if (one !== other) throw new Error("the idempotency keys differ");
}

/** @throws Error if the key does not protect. */
function readKey({ keyIsUuid }: Operation, { key, outcome }: EarlierCall): string {
  if (key === undefined && outcome === "not_sent") return crypto.randomUUID();
  // If the server is case-sensitive, the same UUID in another case would count as a new key.
  const isKey = keyIsUuid ? /^(?![0-]+$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/ : /./;
  if (typeof key === "string" && isKey.test(key)) return key;
  throw new Error(`the idempotency key has to be a ${keyIsUuid ? "UUID in lower case" : "string"}`);
}

function put(node: unknown, [name = "", ...rest]: readonly string[], key: unknown): unknown {
  if (node !== undefined && !isObject(node))
    throw new Error("the body lacks a place for the idempotency key");
  return { ...node, [name]: rest.length > 0 ? put(node?.[name], rest, key) : key };
}

function readTime(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  // A time without a zone would be read in this machine's zone, hours off. Databases store such times.
  const isSure = typeof value === "number" || value instanceof Date;
  const text = /(Z|GMT|:[\d.]+ ?[+-]\d\d:?\d\d)$/.exec(`${value}`)?.input ?? "";
  const time = new Date(isSure ? value : text).getTime();
  if (Number.isNaN(time)) {
    throw new Error("firstSentAt has to be a Date, or a time with a zone");
  }
  return time;
}
