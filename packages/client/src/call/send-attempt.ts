import type { DotsError, ErrorFacts } from "../errors/dots-error.ts";
import {
  AbortError,
  ConfigurationError,
  ConnectionError,
  DeadlineError,
  TimeoutError,
  UnreadableAnswerError,
} from "../errors/dots-error.ts";
import { type Outcome, outcomeOfStatus, worse } from "../errors/outcome.ts";
import { someAreEmpty } from "../generated/operations.ts";
import type { RequestEvent } from "../options/hooks.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { requestId } from "../settings/headers.ts";
import { describe, redact } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { apiErrorOf } from "./api-error-of.ts";
import { neverConnected } from "./never-connected.ts";
import { isData, parseJson } from "./read-json.ts";
import { type OutgoingRequest, sendRequest } from "./send-request.ts";
import { type LimitedWork, withTimeLimit } from "./time-limit.ts";

/** What an attempt sends, and where it stands in its call. */
export interface AttemptPlan {
  readonly settings: Settings;
  readonly outgoing: OutgoingRequest;
  /** 1 for the first. */
  readonly attempt: number;
  /** What the attempts before it mean together. */
  readonly before: Outcome;
  /** Milliseconds. */
  readonly timeout: number;
  /** Milliseconds until the deadline of the call. */
  readonly remaining: number;
  readonly signal: AbortSignal | null | undefined;
}

/** What hooks are told of an attempt. */
export function eventOf({ operation, url, key }: OutgoingRequest, attempt: number): RequestEvent {
  return { operation: operation.id, method: operation.method, url, idempotencyKey: key, attempt };
}

/**
 * Sends a request once, and reads the answer to its end.
 * @throws DotsError, its outcome that of the attempt and those before it.
 */
export function sendAttempt<Data>(plan: AttemptPlan): Promise<ApiResult<Data>> {
  return withTimeLimit(Math.min(plan.timeout, plan.remaining), plan.signal, new Attempt<Data>(plan));
}

/** An attempt that is under way. A class, since functions that share what they know would be made anew for each. */
class Attempt<Data> implements LimitedWork<ApiResult<Data>> {
  readonly #plan: AttemptPlan;
  #secrets: readonly string[] = [];
  #response: Response | undefined;
  /** What it means if the attempt fails right now. */
  #outcome: Outcome = "not_sent";

  constructor(plan: AttemptPlan) {
    this.#plan = plan;
  }

  async run(signal: AbortSignal): Promise<ApiResult<Data>> {
    const { settings, outgoing, attempt } = this.#plan;
    const { operation, key } = outgoing;
    const readLogin = settings.login;
    const { onRequest, onResponse } = settings.hooks;
    const start = performance.now();
    const login =
      typeof readLogin === "function" ? await this.#runCallback("logging in", readLogin) : readLogin;
    this.#secrets = login.secrets;
    if (onRequest) await this.#runCallback("onRequest", () => onRequest(eventOf(outgoing, attempt)));
    // Whoever took too long must not send after all.
    signal.throwIfAborted();

    this.#outcome = "unknown";
    let response: Response;
    try {
      response = await sendRequest(settings, outgoing, login, signal);
    } catch (error) {
      if (neverConnected(error)) this.#outcome = "not_sent";
      throw new ConnectionError(`the connection failed: ${describe(error, this.#secrets)}`, this.#facts());
    }
    this.#response = response;
    const { ok, status } = response;
    if (!ok) this.#outcome = outcomeOfStatus(status);

    let text: string | undefined;
    let problem = "it is not JSON";
    try {
      text = await response.text();
    } catch (error) {
      problem = describe(error, this.#secrets);
    }
    if (onResponse) {
      const event = { status, requestId: requestId(response), duration: performance.now() - start };
      await this.#runCallback("onResponse", () => onResponse({ ...eventOf(outgoing, attempt), ...event }));
    }
    if (!ok) throw apiErrorOf(response, redact(text ?? "", this.#secrets), this.#facts());
    const isEmpty = operation.empty || (someAreEmpty && operation.empty === false && text === "");
    const data = isEmpty ? [] : parseJson(text ?? "");
    if (text === undefined || !isData<Data>(operation, data)) {
      throw new UnreadableAnswerError(`the answer cannot be read: ${problem}`, this.#facts());
    }
    return { data, response, idempotencyKey: key, attempts: attempt };
  }

  stopError(aborted: boolean): DotsError {
    const { timeout, remaining } = this.#plan;
    if (aborted) return new AbortError("the call was aborted", this.#facts());
    return remaining < timeout
      ? new DeadlineError("the deadline leaves no more time", this.#facts())
      : new TimeoutError(`there was no answer in ${timeout} ms`, this.#facts());
  }

  #facts(): ErrorFacts {
    const { outgoing, attempt, before } = this.#plan;
    return {
      operation: outgoing.operation.id,
      idempotencyKey: outgoing.key,
      attempts: attempt,
      outcome: worse(before, this.#outcome),
      status: this.#response?.status,
      requestId: this.#response && requestId(this.#response),
    };
  }

  async #runCallback<Value>(what: string, callback: () => Value | Promise<Value>): Promise<Value> {
    try {
      return await callback();
    } catch (error) {
      throw new ConfigurationError(`${what} failed: ${describe(error, this.#secrets)}`, this.#facts());
    }
  }
}
