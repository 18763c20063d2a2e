import type { KeyedCallOptions, StoredCall, Time } from "../runtime/call-options.ts";
import { digestOf, isObject, isSameJson, parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import { isOutcome, type Outcome } from "../runtime/outcome.ts";
import { writeBody } from "./request-body.ts";

/** A request body with its idempotency key, and what became of earlier requests with that key, as far as it is known. */
export interface KeyedRequest {
  /** `undefined` for an operation that takes none. Its own property, whatever `Object.prototype` has. */
  key: string | undefined;
  /** The body with its key, as a JSON value. */
  content?: unknown;
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
 * What a failure means before anything was sent. A key that a caller gives may have been used before, and then what it
 * pays for may have been paid, whatever keeps this call from being sent.
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
 * Puts the idempotency key where the operation takes it: that of the body or of the options, that of the call which is
 * continued, or a fresh UUID.
 * @param body the body as a JSON value
 * @param text the same as a text
 * @param known learns what there is to know, also where an error ends it: nothing that a caller gave is lost
 * @throws Error when there is a doubt about the key.
 */
export function readKeyedRequest(
  operation: Operation,
  options: KeyedCallOptions,
  body: unknown,
  text: string | undefined,
  known: KeyedRequest,
): void {
  const { key: place } = operation;
  const { continue: continued, idempotencyKey, firstSentAt, keyIsNew } = options;
  if (!place) {
    if (continued !== undefined || idempotencyKey !== undefined) {
      throw new Error("the operation takes no idempotency key");
    }
    Object.assign(known, { content: body, body: text });
    return;
  }
  if (keyIsNew && firstSentAt !== undefined) throw new Error("a key that is new has no firstSentAt");
  const earlier: EarlierCall =
    continued === undefined
      ? { ...options, key: valueAt(body, place) ?? idempotencyKey, outcome: known.outcome }
      : readEarlier(operation, continued);
  const { sent, digest, outcome, account, lacks } = earlier;
  const key = readKey(operation, earlier);
  Object.assign(known, { key, body: sent, digest, account });
  known.firstSentAt = readTime(earlier.firstSentAt);
  if (lacks) throw new Error("continue lacks the body, time, account or outcome");
  if ((idempotencyKey ?? key) !== key) throw new Error(KEYS_DIFFER);
  const [content, ownText] = withKey(place, key, body, text);
  const [sentContent, sentText] = sent === undefined ? [] : withKey(place, key, parseJson(sent), sent);
  if (sentText === undefined ? digest && digest !== digestOf(content) : !isSameJson(sentContent, content)) {
    throw new Error("the body differs from the one that was sent");
  }
  Object.assign(known, { content, body: sentText ?? ownText, outcome });
}

/** What is known of the requests before, as it was given. */
interface EarlierCall {
  readonly key: unknown;
  readonly outcome: Outcome;
  readonly firstSentAt?: Time | undefined;
  readonly account?: string | undefined;
  /** The text that was sent, or would have been but for its key. */
  readonly sent?: string | undefined;
  /** A digest of it, where nothing else is known. */
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
  // With the key of another operation the API may carry it out once more.
  if (operation !== id) throw new Error(`continue is a call of ${operation}, not of ${id}`);
  // A stored call has a key; an error, or the JSON of one, an idempotencyKey.
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

/** A body with the key in its place, and its text. */
function withKey(
  place: readonly string[],
  key: string,
  body: unknown,
  text: string | undefined,
): readonly [content: unknown, text: string | undefined] {
  const own = valueAt(body, place) ?? undefined;
  if (own === key) return [body, text];
  if (own !== undefined) throw new Error(KEYS_DIFFER);
  const content = put(body, place, key);
  const written = JSON.stringify(content);
  // What protects is the key in the bytes: a `toJSON` that a program has given to all objects may drop it.
  if (!written.includes(JSON.stringify(key))) throw new Error("the body lacks the idempotency key");
  return [content, written];
}

function put(node: unknown, [name = "", ...rest]: readonly string[], key: string): object {
  if (!isObject(node)) throw new Error("the body has no place for the idempotency key");
  const next = rest.length > 0 ? put(Object.hasOwn(node, name) ? node[name] : {}, rest, key) : key;
  return { ...node, [name]: next };
}

/** @throws Error when the key does not protect. */
function readKey({ keyIsUuid }: Operation, { key, outcome }: EarlierCall): string {
  if (key === undefined && outcome === "not_sent") return crypto.randomUUID();
  // In another spelling a UUID would not protect from what was sent, where a server tells capitals from small letters.
  const isKey = keyIsUuid ? /^(?![0-]+$)[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/ : /./;
  if (typeof key === "string" && isKey.test(key)) return key;
  throw new Error(`the idempotency key is no ${keyIsUuid ? "UUID in lower case" : "text"}`);
}

function readTime(value: Time | undefined): number | undefined {
  if (value === undefined) return undefined;
  // A text without a zone would be read by this machine's, hours off. Databases store such texts.
  const isSure = typeof value !== "string" || /(Z|GMT|:[\d.]+ ?[+-]\d\d(:?\d\d)?)$/.test(value);
  // PostgreSQL leaves out the minutes of a zone, and not every runtime can do without.
  const given = typeof value === "string" ? value.replace(/[+-]\d\d$/, "$&:00") : value;
  const time = new Date(isSure ? given : "").getTime();
  if (Number.isNaN(time)) throw new Error("firstSentAt is no time with a zone");
  return time;
}
