import type { failure, isoTime, toDotsError } from "../call/call.ts";
import type { resultOf } from "../call/read-success.ts";
import type { sendWithRetries } from "../call/send-with-retries.ts";
import type { fillPath } from "../runtime/fill-path.ts";
import type { isSameJson, parseJson, valueAt } from "../runtime/json.ts";

/**
 * What a call is made of, as the methods have it. What is loaded on demand is given these, and imports none of them:
 * a bundler then keeps all the rest in one file.
 */
export interface CallParts {
  readonly failure: typeof failure;
  readonly fillPath: typeof fillPath;
  readonly isoTime: typeof isoTime;
  readonly isSameJson: typeof isSameJson;
  readonly parseJson: typeof parseJson;
  readonly resultOf: typeof resultOf;
  readonly sendWithRetries: typeof sendWithRetries;
  readonly toDotsError: typeof toDotsError;
  readonly valueAt: typeof valueAt;
}
