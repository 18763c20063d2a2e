import { neverConnected } from "./connection.ts";
import { authorize } from "./credentials.ts";
import { describe, redact } from "./describe.ts";
import { AbortError } from "./errors/abort-error.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { ConnectionError } from "./errors/connection-error.ts";
import { DeadlineError } from "./errors/deadline-error.ts";
import type { ErrorDetails } from "./errors/dots-error.ts";
import { TimeoutError } from "./errors/timeout-error.ts";
import { UnreadableAnswerError } from "./errors/unreadable-answer-error.ts";
import { requestId } from "./headers.ts";
import type { RequestEvent } from "./hooks.ts";
import type { Operation } from "./operation.ts";
import { type Outcome, outcomeOfStatus, worse } from "./outcome.ts";
import { parseJson } from "./parse-json.ts";
import { refusal } from "./refusal.ts";
import type { Settings } from "./settings.ts";
import { within } from "./within.ts";

/** What every attempt of a call sends. */
export interface Sendable {
  readonly operation: Operation;
  readonly key: string | undefined;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

/** A success, its body read. */
export interface Answer<Data> {
  readonly response: Response;
  readonly text: string;
  readonly data: Data;
}

/** Where an attempt stands in its call. */
export interface Turn {
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

/**
 * Sends a request once, and reads the answer to its end.
 * @throws DotsError, its outcome that of the attempt and those before it.
 */
export function attempt<Data>(settings: Settings, sendable: Sendable, turn: Turn): Promise<Answer<Data>> {
  const { operation, key, url, headers, body } = sendable;
  const { clientId, apiKey, hooks } = settings;
  const start = performance.now();
  const event: RequestEvent = {
    operation: operation.id,
    method: operation.method,
    url,
    idempotencyKey: key,
    attempt: turn.attempt,
  };
  // What it means if the attempt fails right now.
  let outcome: Outcome = "not_sent";
  let secrets: readonly string[] = [];
  let seen: { status?: number; requestId?: string | undefined } = {};
  const details = (): ErrorDetails => ({
    operation: operation.id,
    idempotencyKey: key,
    attempts: turn.attempt,
    outcome: worse(turn.before, outcome),
    ...seen,
  });
  const guard = async <Value>(what: string, run: () => Value): Promise<Awaited<Value>> => {
    try {
      return await run();
    } catch (error) {
      throw new ConfigurationError(`${what} failed: ${describe(error, secrets)}`, details());
    }
  };

  const work = async (signal: AbortSignal): Promise<Answer<Data>> => {
    const authorization = await guard("logging in", () => authorize(clientId, apiKey));
    secrets = authorization.secrets;
    if (hooks.onRequest) await guard("onRequest", () => hooks.onRequest?.({ ...event }));
    signal.throwIfAborted();

    outcome = "unknown";
    let response: Response;
    try {
      response = await settings.fetch(url, {
        method: operation.method,
        headers: { ...headers, authorization: authorization.header },
        ...(body === undefined ? {} : { body }),
        redirect: "manual",
        signal,
      });
    } catch (error) {
      if (neverConnected(error)) outcome = "not_sent";
      throw new ConnectionError(`the connection failed: ${describe(error, secrets)}`, details());
    }
    seen = { status: response.status, requestId: requestId(response) };
    if (!response.ok) outcome = outcomeOfStatus(response.status);
    let text = "";
    let broken: unknown;
    try {
      text = await response.text();
    } catch (error) {
      broken = error ?? true;
    }
    if (hooks.onResponse) {
      const duration = performance.now() - start;
      await guard("onResponse", () =>
        hooks.onResponse?.({ ...event, status: response.status, requestId: seen.requestId, duration }),
      );
    }
    if (!response.ok) throw refusal(response, redact(text, secrets), details());
    const parsed = parseJson<Data>(operation.empty ? "[]" : text);
    if (broken || !parsed) {
      const why = broken ? describe(broken, secrets) : "it is not JSON";
      throw new UnreadableAnswerError(`the answer cannot be read: ${why}`, details());
    }
    return { response, text, data: parsed.value };
  };

  const { timeout, remaining } = turn;
  return within(Math.min(timeout, remaining), turn.signal, work, (aborted) => {
    if (aborted) return new AbortError("the call was aborted", details());
    return remaining < timeout
      ? new DeadlineError("the deadline has passed", details())
      : new TimeoutError(`no answer in ${timeout} ms`, details());
  });
}
