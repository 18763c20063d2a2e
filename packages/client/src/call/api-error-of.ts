import { DotsError, type ErrorFacts } from "../errors/dots-error.ts";
import { messageAt } from "../generated/operations.ts";
import type { ErrorBody } from "../generated/types.ts";
import { isObject, parseJson, valueAt } from "../runtime/json.ts";
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
  { status, headers }: Response,
  text: string,
  doubt: string | false,
  details: ErrorFacts,
): DotsError {
  const now = Date.parse(headers?.get?.("date") ?? "");
  const retryAfter = readRetryAfter(headers?.get?.("retry-after") ?? null, now || Date.now());
  const body = parseJson(text);
  const message = valueAt(body, messageAt);
  const words = (typeof message === "string" ? message : text).trim();
  const said = [
    status,
    // Browsers hide the status of a redirect.
    status < 400
      ? "redirects are not followed"
      : words.slice(0, 300).replace(/\.$/, "") + (words[300] ? "…" : ""),
    retryAfter && `it asks to wait ${Math.ceil(retryAfter / 1000)} s`,
    doubt,
  ];
  return new DotsError(`the API answered ${said.filter(Boolean).join(", ")}`, {
    ...details,
    name: `${NAMES[status] ?? (status >= 500 ? "Server" : "Api")}Error`,
    status,
    body: isObject<ErrorBody>(body) ? body : undefined,
    retryAfter,
  });
}
