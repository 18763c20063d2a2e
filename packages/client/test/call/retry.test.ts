import { describe, expect, it } from "vitest";
import { isRetried } from "../../src/call/retry.ts";

type Row = readonly [name: string, status: number | undefined, outcome: "not_sent" | "rejected" | "unknown"];

/** What is repeated with a key, and what even without one. */
const always: readonly Row[] = [
  ["ConnectionError", undefined, "not_sent"],
  ["TimeoutError", undefined, "not_sent"],
  ["RateLimitError", 429, "rejected"],
];
const withKey: readonly Row[] = [
  ["ConnectionError", undefined, "unknown"],
  ["TimeoutError", undefined, "unknown"],
  ["TimeoutError", 200, "unknown"],
  ["UnreadableAnswerError", 200, "unknown"],
  ["ApiError", 408, "unknown"],
  ["ServerError", 500, "unknown"],
  ["ServerError", 502, "unknown"],
  ["ServerError", 503, "unknown"],
  ["ServerError", 504, "unknown"],
  ["RateLimitError", 429, "unknown"],
];
const never: readonly Row[] = [
  ["AbortError", undefined, "unknown"],
  ["AbortError", 503, "unknown"],
  ["DeadlineError", undefined, "not_sent"],
  ["DeadlineError", 503, "unknown"],
  ["ConfigurationError", undefined, "not_sent"],
  ["ConfigurationError", 500, "unknown"],
  ["InvalidRequestError", undefined, "not_sent"],
  ["ApiError", 302, "unknown"],
  ["BadRequestError", 400, "rejected"],
  ["UnauthorizedError", 401, "rejected"],
  ["ConflictError", 409, "rejected"],
  ["ConflictError", 409, "unknown"],
  ["ServerError", 501, "unknown"],
  ["ServerError", 505, "unknown"],
];

function decide(repeatable: boolean, [name, status, outcome]: Row, attempt = 1): boolean {
  return isRetried(repeatable, { name, status, outcome }, attempt, 2);
}

describe("whether an attempt is followed by another", () => {
  it.each(always)("%s %s %s: yes", (...row) => {
    expect([decide(true, row), decide(false, row)]).toEqual([true, true]);
  });

  it.each(withKey)("%s %s %s: where it can be carried out once only", (...row) => {
    expect([decide(true, row), decide(false, row)]).toEqual([true, false]);
  });

  it.each(never)("%s %s %s: no", (...row) => {
    expect([decide(true, row), decide(false, row)]).toEqual([false, false]);
  });

  it("ends with the number of retries", () => {
    const [row] = always;
    if (row === undefined) throw new Error("the table is empty");
    expect([1, 2, 3, 4].map((attempt) => decide(true, row, attempt))).toEqual([true, true, false, false]);
  });
});
