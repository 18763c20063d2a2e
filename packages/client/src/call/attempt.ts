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
import { someAreEmpty, someArePlain } from "../generated/operations.ts";
import type { RequestEvent } from "../options/hooks.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { requestId } from "../settings/headers.ts";
import { describe, redact } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { refusal } from "./api-error-of.ts";
import { neverConnected } from "./never-connected.ts";
import { parseAny, parseJson } from "./parse-json.ts";
import { type Sendable, send } from "./send.ts";
import { type Work, within } from "./time-limit.ts";

/** What an attempt sends, and where it stands in its call. */
export interface Turn {
  readonly settings: Settings;
  readonly sendable: Sendable;
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
export function eventOf({ operation, url, key }: Sendable, attempt: number): RequestEvent {
  return { operation: operation.id, method: operation.method, url, idempotencyKey: key, attempt };
}

/**
 * Sends a request once, and reads the answer to its end.
 * @throws DotsError, its outcome that of the attempt and those before it.
 */
export function attempt<Data>(turn: Turn): Promise<ApiResult<Data>> {
  return within(Math.min(turn.timeout, turn.remaining), turn.signal, new Attempt<Data>(turn));
}

/** An attempt that is under way. A class, since functions that share what they know would be made anew for each. */
class Attempt<Data> implements Work<ApiResult<Data>> {
  readonly #turn: Turn;
  #secrets: readonly string[] = [];
  #response: Response | undefined;
  /** What it means if the attempt fails right now. */
  #outcome: Outcome = "not_sent";

  constructor(turn: Turn) {
    this.#turn = turn;
  }

  async run(signal: AbortSignal): Promise<ApiResult<Data>> {
    const { settings, sendable, attempt } = this.#turn;
    const { operation, key } = sendable;
    const login = settings.authorization;
    const { onRequest, onResponse } = settings.hooks;
    const start = performance.now();
    const authorization = typeof login === "function" ? await this.#guard("logging in", login) : login;
    this.#secrets = authorization.secrets;
    if (onRequest) await this.#guard("onRequest", () => onRequest(eventOf(sendable, attempt)));
    // Whoever took too long must not send after all.
    signal.throwIfAborted();

    this.#outcome = "unknown";
    let response: Response;
    try {
      response = await send(settings, sendable, authorization, signal);
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
      await this.#guard("onResponse", () => onResponse({ ...eventOf(sendable, attempt), ...event }));
    }
    if (!ok) throw refusal(response, redact(text ?? "", this.#secrets), this.#facts());
    const isEmpty = operation.empty || (someAreEmpty && operation.empty === false && text === "");
    const parse = someArePlain && operation.plain ? parseAny<Data> : parseJson<Data>;
    const parsed = parse(isEmpty ? "[]" : (text ?? ""));
    if (text === undefined || !parsed) {
      throw new UnreadableAnswerError(`the answer cannot be read: ${problem}`, this.#facts());
    }
    return { data: parsed.value, response, idempotencyKey: key, attempts: attempt };
  }

  reason(aborted: boolean): DotsError {
    const { timeout, remaining } = this.#turn;
    if (aborted) return new AbortError("the call was aborted", this.#facts());
    return remaining < timeout
      ? new DeadlineError("the deadline leaves no more time", this.#facts())
      : new TimeoutError(`there was no answer in ${timeout} ms`, this.#facts());
  }

  #facts(): ErrorFacts {
    const { sendable, attempt, before } = this.#turn;
    return {
      operation: sendable.operation.id,
      idempotencyKey: sendable.key,
      attempts: attempt,
      outcome: worse(before, this.#outcome),
      status: this.#response?.status,
      requestId: this.#response && requestId(this.#response),
    };
  }

  async #guard<Value>(what: string, told: () => Value | Promise<Value>): Promise<Value> {
    try {
      return await told();
    } catch (error) {
      throw new ConfigurationError(`${what} failed: ${describe(error, this.#secrets)}`, this.#facts());
    }
  }
}
