import {
  ApiError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
  UnprocessableError,
} from "../errors/api-error.ts";
import type { ErrorFacts } from "../errors/dots-error.ts";
import { messageAt } from "../generated/operations.ts";
import type { ErrorBody } from "../generated/types.ts";
import { isObject, parseJson, valueAt } from "../runtime/json.ts";
import { readRetryAfter } from "./retry.ts";

const BY_STATUS: Readonly<Record<number, typeof ApiError>> = {
  400: BadRequestError,
  401: UnauthorizedError,
  403: ForbiddenError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableError,
  429: RateLimitError,
};

/** The error for an answer that is not a success. `text` is free of secrets. */
export function apiErrorOf({ status, headers }: Response, text: string, details: ErrorFacts): ApiError {
  const Kind = BY_STATUS[status] ?? (status >= 500 ? ServerError : ApiError);
  const now = Date.parse(headers?.get?.("date") ?? "");
  const retryAfter = readRetryAfter(headers?.get?.("retry-after") ?? null, now || Date.now());
  const body = parseJson(text);
  const message = valueAt(body, messageAt);
  const words = (typeof message === "string" ? message : text).trim();
  const said = [
    // A browser does not tell which status a redirect had.
    status < 400
      ? "redirects are not followed"
      : words.slice(0, 300).replace(/\.$/, "") + (words[300] ? "…" : ""),
    retryAfter && `it asks to wait ${Math.ceil(retryAfter / 1000)} s`,
  ];
  return new Kind(`the API answered ${[status, ...said].filter(Boolean).join(", ")}`, {
    ...details,
    status,
    body: isObject<ErrorBody>(body) ? body : undefined,
    retryAfter,
  });
}
