import type { Failure } from "../errors/failure.ts";
import { messageAt } from "../generated/operations.ts";
import type { ErrorBody } from "../generated/types.ts";
import { isObject, parseJson, valueAt } from "../runtime/json.ts";
import type { Fail } from "./call.ts";
import { readRetryAfter } from "./retry.ts";

const NAMES: Readonly<Record<number, string>> = {
  400: "BadRequest",
  401: "Unauthorized",
  403: "Forbidden",
  404: "NotFound",
  409: "Conflict",
  422: "Unprocessable",
  429: "RateLimit",
};

/**
 * The error for an answer that is not a success.
 * @param text the answer, free of secrets
 * @param doubt why it doesn't prove that nothing was carried out, if so
 */
export function apiErrorOf(
  status: number,
  headers: Headers,
  text: string,
  doubt: string | false,
  fail: Fail,
): Failure {
  const header = (name: string): string => headers?.get?.(name) ?? "";
  const retryAfter = readRetryAfter(header("retry-after"), Date.parse(header("date")) || Date.now());
  const body = parseJson(text);
  const message = valueAt(body, messageAt);
  const words = (typeof message === "string" ? message : text).trim();
  const said = [
    status,
    // Browsers hide the status of a redirect.
    status < 400
      ? "redirects are not followed"
      : words.slice(0, 300).replace(/\.$/, "") + (words[300] ? "…" : ""),
    doubt,
  ];
  return fail(
    `${NAMES[status] ?? (status < 500 ? "Api" : "Server")}Error`,
    `the API answered ${said.filter(Boolean).join(", ")}`,
    { body: isObject<ErrorBody>(body) && isWritable(body) ? body : undefined, retryAfter },
  );
}

/** Whether it is not too deep to be written as JSON again, as a copy of the error is: not in the engine's fast way. */
function isWritable(body: object): boolean {
  try {
    return JSON.stringify(body, (_, value) => value) !== "";
  } catch {
    return false;
  }
}
