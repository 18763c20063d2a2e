import type { failure, isoTime, toDotsError } from "../call/call.ts";
import type { resultOf } from "../call/read-success.ts";
import type { requireIntegers } from "../call/request-body.ts";
import type { sendWithRetries } from "../call/send-with-retries.ts";
import type { fillPath } from "../runtime/fill-path.ts";
import type { isSameJson, parseJson, valueAt } from "../runtime/json.ts";
import type { readHeaders } from "../settings/headers.ts";

/** What it takes to look into a body. */
export type BodyParts = readonly [
  failing: typeof failure,
  comparing: typeof isSameJson,
  parsing: typeof parseJson,
  finding: typeof valueAt,
];

/**
 * What a call is made of, as the methods have it. What is loaded on demand is given these, and imports none of them:
 * a bundler then keeps all the rest in one file. They are tuples, because names would be in each bundle.
 */
export type CallParts = readonly [
  body: BodyParts,
  filling: typeof fillPath,
  telling: typeof isoTime,
  heading: typeof readHeaders,
  answering: typeof resultOf,
  sending: typeof sendWithRetries,
  explaining: typeof toDotsError,
  checking: typeof requireIntegers,
];
