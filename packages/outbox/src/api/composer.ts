import { validation } from "@dots-payouts/client/validation";
import { isObject, type JsonObject } from "@dots-payouts/openapi";
import type { Account } from "../ledger/account.ts";
import type { NewIntent } from "../ledger/intent.ts";
import type { Times } from "../ledger/times.ts";
import { OutboxError } from "../outbox-error.ts";
import type { Api } from "./calls.ts";
import { composeIntent } from "./compose.ts";

/** An intent whose content is checked when it is added, not by the compiler. */
export interface AnyIntent {
  /** The caller's own ID. */
  readonly id: string;
  /** The client's method. */
  readonly call: string;
  /** What the method takes, without an idempotency key. */
  readonly body: unknown;
}

/** A rule of the spec that a request breaks. */
export interface Broken {
  /** JSON Pointer into the request body; empty for the body as a whole. */
  readonly path: string;
  /** What is wrong, for people to read. */
  readonly message: string;
}

/** Makes intents, and checks them against the spec. */
export class Composer {
  readonly #api: Api;
  readonly #account: Account;
  readonly #times: Times;
  readonly #rules = validation();

  constructor(api: Api, account: Account, times: Times) {
    this.#api = api;
    this.#account = account;
    this.#times = times;
  }

  /**
   * What to send.
   * @param generation 0 for the first key
   * @throws OutboxError if the content breaks a rule of the spec
   */
  compose(given: AnyIntent, generation = 0): NewIntent {
    const { intent, broken } = this.check(given, generation);
    if (broken.length === 0) return intent;
    const problems = broken.map(({ path, message }) => `${path} ${message}`.trim());
    throw new OutboxError(`${given.id}: ${problems.join("; ")}.`);
  }

  /**
   * What would be sent, and every rule that it breaks.
   * @throws OutboxError if there is no such call, or the content contains values that only the outbox may set
   */
  check(
    { id, call: name, body }: AnyIntent,
    generation = 0,
  ): { intent: NewIntent; broken: readonly Broken[] } {
    const call = this.#api.call(name);
    const intent = composeIntent(
      { id, call, body: asBody(id, body), generation },
      this.#account,
      this.#times,
    );
    const { violations } = this.#rules.request(call.operation, JSON.parse(intent.body));
    return { intent, broken: violations };
  }
}

function asBody(id: string, body: unknown): JsonObject {
  // What JSON cannot represent is not sent.
  const text = JSON.stringify(body);
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  if (isObject(value)) return value;
  throw new OutboxError(`${id}: the body must be an object.`);
}
