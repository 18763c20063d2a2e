import {
  ConfigurationError,
  ConnectionError,
  type DotsError,
  type ErrorFacts,
  InvalidAnswerError,
  TimeoutError,
  UnreadableAnswerError,
} from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { type Outcome, outcomeOfStatus, worse } from "../runtime/outcome.ts";
import { requestId } from "../settings/headers.ts";
import { describe, redact } from "../settings/redact.ts";
import type { Settings } from "../settings/settings.ts";
import { listViolations } from "../validation/types.ts";
import { apiErrorOf } from "./api-error-of.ts";
import { type CallProgress, eventOf, factsOf, requireKeyProtects, stopError } from "./call-progress.ts";
import { wasNeverSent } from "./never-sent.ts";
import { isoTime } from "./prepare-call.ts";
import { isData, readData, readText } from "./read-answer.ts";
import { sendRequest } from "./send-request.ts";
import { type LimitedWork, withTimeLimit } from "./time-limit.ts";

/**
 * Sends a request once, and reads the answer to its end.
 * @param remaining milliseconds until the deadline of the call
 * @throws DotsError, its outcome that of the attempt and of all that came before.
 */
export function sendAttempt<Data>(
  settings: Settings,
  progress: CallProgress,
  remaining: number,
): Promise<ApiResult<Data>> {
  const { limits, signal } = progress.call;
  const attempt = new Attempt<Data>(settings, progress, remaining);
  return withTimeLimit(Math.min(limits.timeout, remaining), signal, attempt);
}

/** How an attempt ended. */
type Ending<Data> = { readonly result: ApiResult<Data> } | { readonly error: DotsError };

/** An attempt that is under way. A class, since functions that share what they know would be made anew for each. */
class Attempt<Data> implements LimitedWork<ApiResult<Data>> {
  readonly #settings: Settings;
  readonly #progress: CallProgress;
  readonly #remaining: number;
  #secrets: readonly string[] = [];
  #response: Response | undefined;
  /** What it means if the attempt fails right now. */
  #outcome: Outcome = "not_sent";
  /** The signal of a request that is under way and has no answer yet. */
  #sending: AbortSignal | undefined;
  /** How the attempt has ended, while a hook is told. */
  #ending: Ending<Data> | undefined;

  constructor(settings: Settings, progress: CallProgress, remaining: number) {
    this.#settings = settings;
    this.#progress = progress;
    this.#remaining = remaining;
  }

  async run(signal: AbortSignal): Promise<ApiResult<Data>> {
    const { login: readLogin, hooks } = this.#settings;
    const { onRequest, onResponse } = hooks;
    const start = performance.now();
    const login =
      typeof readLogin === "function" ? await this.#runCallback("logging in", readLogin) : readLogin;
    this.#secrets = login.secrets;
    if (onRequest) await this.#runCallback("onRequest", () => onRequest(eventOf(this.#progress)));
    // What took too long must not be sent after all.
    signal.throwIfAborted();
    requireKeyProtects(this.#progress);

    const response = await this.#send(login, signal);
    this.#ending = await this.#read(response);
    if (onResponse) {
      const { status } = response;
      const violations = "result" in this.#ending ? this.#ending.result.violations : undefined;
      const event = {
        status,
        requestId: requestId(response),
        duration: performance.now() - start,
        violations,
      };
      await tellHook("onResponse", this.#secrets, () => onResponse({ ...eventOf(this.#progress), ...event }));
    }
    return settle(this.#ending);
  }

  stop(): ApiResult<Data> {
    if (this.#ending) return settle(this.#ending);
    const { limits, signal } = this.#progress.call;
    if (this.#sending && wasNeverSent(undefined, this.#settings.fetch, this.#sending))
      this.#outcome = "not_sent";
    if (signal?.aborted || this.#remaining < limits.timeout) throw stopError(signal, this.#facts());
    throw new TimeoutError(`there was no answer in ${limits.timeout} ms`, this.#facts());
  }

  async #send(login: Parameters<typeof sendRequest>[2], signal: AbortSignal): Promise<Response> {
    this.#progress.firstSentAt ??= Date.now();
    this.#outcome = "unknown";
    this.#sending = signal;
    try {
      this.#response = await sendRequest(this.#settings, this.#progress.call, login, signal);
    } catch (error) {
      if (wasNeverSent(error, this.#settings.fetch, signal)) this.#outcome = "not_sent";
      throw new ConnectionError(`the connection failed: ${describe(error, this.#secrets)}`, this.#facts());
    } finally {
      this.#sending = undefined;
    }
    const { ok, status } = this.#response;
    if (!ok) this.#outcome = outcomeOfStatus(status);
    return this.#response;
  }

  async #read(response: Response): Promise<Ending<Data>> {
    const { validation } = this.#settings;
    const { operation, key } = this.#progress.call;
    let text: string | undefined;
    let problem = "it is not JSON with what was promised";
    try {
      text = await readText(response);
    } catch (error) {
      problem = describe(error, this.#secrets);
    }
    if (!response.ok) {
      return { error: apiErrorOf(response, redact(text ?? "", this.#secrets), this.#facts()) };
    }
    const data = text === undefined ? undefined : readData(operation, text);
    if (!isData<Data>(operation, data)) {
      return { error: new UnreadableAnswerError(`the answer cannot be read: ${problem}`, this.#facts()) };
    }
    const violations = validation?.answer?.(operation.id, response.status, data);
    if (violations && violations.length > 0 && validation?.throws) {
      const facts = { ...this.#facts(), data, violations };
      return {
        error: new InvalidAnswerError(`the answer breaks rules: ${listViolations(violations)}`, facts),
      };
    }
    const { attempts, firstSentAt } = this.#progress;
    return {
      result: {
        data,
        response,
        idempotencyKey: key,
        firstSentAt: isoTime(firstSentAt),
        attempts,
        violations,
      },
    };
  }

  #facts(): ErrorFacts {
    const facts = factsOf(this.#progress);
    return {
      ...facts,
      outcome: worse(facts.outcome, this.#outcome),
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

function settle<Data>(ending: Ending<Data>): ApiResult<Data> {
  if ("error" in ending) throw ending.error;
  return ending.result;
}

/** Tells a hook what has happened. It is too late for the hook to change that, so its failure changes nothing either. */
export async function tellHook(
  name: string,
  secrets: readonly string[],
  tell: () => void | Promise<void>,
): Promise<void> {
  try {
    await tell();
  } catch (error) {
    console.warn(`@dots-payouts/client: ${name} failed, and the call goes on: ${describe(error, secrets)}`);
  }
}
