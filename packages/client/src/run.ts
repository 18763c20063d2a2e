import type { Sendable } from "./attempt.ts";
import type { KeyedCallOptions } from "./call-options.ts";
import { type Delivered, deliver } from "./deliver.ts";
import { describe } from "./describe.ts";
import { ConfigurationError } from "./errors/configuration-error.ts";
import { DotsError, type ErrorFacts } from "./errors/dots-error.ts";
import { InvalidRequestError } from "./errors/invalid-request-error.ts";
import { UnreadableAnswerError } from "./errors/unreadable-answer-error.ts";
import { withKey } from "./idempotency.ts";
import { readLimits } from "./limits.ts";
import type { Operation } from "./operation.ts";
import type { Settings } from "./settings.ts";
import { list } from "./validation.ts";

/** A request that has its key, and the way to send it. */
export interface Run {
  readonly key: string | undefined;
  readonly body: unknown;
  readonly send: <Data>(parts: Pick<Sendable, "url" | "headers" | "body">) => Promise<Delivered<Data>>;
}

/**
 * Makes a call: gives it its key, and sees to it that whatever goes wrong on the way is a DotsError.
 * @param how builds the request and sends it
 */
export async function run<Result>(
  settings: Settings,
  operation: Operation,
  options: Omit<KeyedCallOptions, "headers">,
  given: unknown,
  how: (run: Run) => Promise<Result>,
): Promise<Result> {
  const { validation } = settings;
  let facts: ErrorFacts = {
    outcome: "not_sent",
    operation: operation.id,
    idempotencyKey: options.idempotencyKey,
  };
  try {
    const limits = readLimits(settings.limits, options);
    const { body, key } = withKey(operation, given, options.idempotencyKey);
    facts = { ...facts, idempotencyKey: key };
    const violations = validation?.request(operation.id, body) ?? [];
    if (violations.length > 0) {
      throw new InvalidRequestError(`the request breaks rules: ${list(violations)}`, {
        ...facts,
        violations,
      });
    }
    return await how({
      key,
      body,
      async send(parts) {
        facts = { ...facts, outcome: "unknown" };
        const delivered = await deliver<never>(
          settings,
          { operation, key, ...parts },
          limits,
          options.signal,
        );
        const { attempts, response, data } = delivered;
        facts = { ...facts, attempts, status: response.status };
        const broken = validation?.answer?.(operation.id, response.status, data) ?? [];
        if (broken.length > 0) {
          throw new UnreadableAnswerError(`the answer breaks rules: ${list(broken)}`, {
            ...facts,
            violations: broken,
          });
        }
        return delivered;
      },
    });
  } catch (error) {
    if (error instanceof DotsError) throw error;
    // Once it is sent, only the caller's own functions can fail.
    const Kind = facts.outcome === "unknown" ? ConfigurationError : InvalidRequestError;
    throw new Kind(describe(error), facts);
  }
}
