import { neverConnected } from "./connection.ts";
import { authorize } from "./credentials.ts";
import { describe, redact } from "./describe.ts";
import { AbortError } from "./errors/abort-error.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { ConnectionError } from "./errors/connection-error.ts";
import { DeadlineError } from "./errors/deadline-error.ts";
import type { ErrorFacts } from "./errors/dots-error.ts";
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

/** What hooks are told of an attempt. */
export function eventOf({ operation, url, key }: Sendable, attempt: number): RequestEvent {
  return { operation: operation.id, method: operation.method, url, idempotencyKey: key, attempt };
}

/**
 * Sends a request once, and reads the answer to its end.
 * @throws DotsError, its outcome that of the attempt and those before it.
 */
export function attempt<Data>(settings: Settings, sendable: Sendable, turn: Turn): Promise<Answer<Data>> {
  const { clientId, apiKey, hooks } = settings;
  const { operation, url, headers, body } = sendable;
  const start = performance.now();
  let secrets: readonly string[] = [];
  let seen: Partial<ErrorFacts> = {};
  // What it means if the attempt fails right now.
  let outcome: Outcome = "not_sent";
  const facts = (): ErrorFacts => ({
    operation: operation.id,
    idempotencyKey: sendable.key,
    attempts: turn.attempt,
    outcome: worse(turn.before, outcome),
    ...seen,
  });
  const guard = async (what: string, told: () => unknown): Promise<void> => {
    try {
      await told();
    } catch (error) {
      throw new ConfigurationError(`${what} failed: ${describe(error, secrets)}`, facts());
    }
  };

  const work = async (signal: AbortSignal): Promise<Answer<Data>> => {
    let authorization = "";
    await guard("logging in", async () => {
      ({ authorization, secrets } = await authorize(clientId, apiKey));
    });
    const { onRequest, onResponse } = hooks;
    if (onRequest) await guard("onRequest", () => onRequest(eventOf(sendable, turn.attempt)));
    // Whoever took too long must not send after all.
    signal.throwIfAborted();

    outcome = "unknown";
    let response: Response;
    try {
      response = await settings.fetch(url, {
        method: operation.method,
        headers: { ...headers, authorization },
        ...(body === undefined ? {} : { body }),
        redirect: "manual",
        signal,
      });
    } catch (error) {
      if (neverConnected(error)) outcome = "not_sent";
      throw new ConnectionError(`the connection failed: ${describe(error, secrets)}`, facts());
    }
    const { ok, status } = response;
    const event = { status, requestId: requestId(response) };
    seen = event;
    if (!ok) outcome = outcomeOfStatus(status);

    let text: string | undefined;
    let problem = "it is not JSON";
    try {
      text = await response.text();
    } catch (error) {
      problem = describe(error, secrets);
    }
    if (onResponse) {
      const duration = performance.now() - start;
      await guard("onResponse", () => onResponse({ ...eventOf(sendable, turn.attempt), ...event, duration }));
    }
    if (!ok) throw refusal(response, redact(text ?? "", secrets), facts());
    const parsed = parseJson<Data>(operation.empty ? "[]" : (text ?? ""));
    if (text === undefined || !parsed) {
      throw new UnreadableAnswerError(`the answer cannot be read: ${problem}`, facts());
    }
    return { response, text, data: parsed.value };
  };

  const { timeout, remaining } = turn;
  return within(Math.min(timeout, remaining), turn.signal, work, (aborted) => {
    if (aborted) return new AbortError("the call was aborted", facts());
    return remaining < timeout
      ? new DeadlineError("the deadline has passed", facts())
      : new TimeoutError(`there was no answer in ${timeout} ms`, facts());
  });
}
