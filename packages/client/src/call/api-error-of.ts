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
import type { ErrorBody } from "../generated/types.ts";
import { parseJson } from "../runtime/json.ts";
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
  const retryAfter = readRetryAfter(
    headers?.get?.("retry-after") ?? null,
    Number.isNaN(now) ? Date.now() : now,
  );
  const said = [
    // A browser does not tell which status a redirect had.
    status < 400 ? "redirects are not followed" : text.trim().slice(0, 300),
    retryAfter && `it asks to wait ${Math.ceil(retryAfter / 1000)} s`,
  ];
  const body = parseJson(text);
  return new Kind(`the API answered ${[status, ...said].filter(Boolean).join(", ")}`, {
    ...details,
    status,
    body: isErrorBody(body) ? body : undefined,
    retryAfter,
  });
}

/** Whether a JSON value can be the body of a refusal, of which nothing else is certain. */
function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === "object" && value !== null;
}
