export type { ApiList } from "./call/list.ts";
export { Dots } from "./dots.ts";
export {
  ApiError,
  BadRequestError,
  ConflictError,
  ForbiddenError,
  NotFoundError,
  RateLimitError,
  ServerError,
  UnauthorizedError,
  UnprocessableError,
} from "./errors/api-error.ts";
export {
  AbortError,
  ConfigurationError,
  ConnectionError,
  DeadlineError,
  DotsError,
  ExpiredKeyError,
  InvalidAnswerError,
  InvalidRequestError,
  TimeoutError,
  UnreadableAnswerError,
} from "./errors/dots-error.ts";
export type { DotsErrorJson } from "./errors/failure.ts";
export { type Environments, environments } from "./generated/environments.ts";
export { optionHeaders } from "./generated/header-options.ts";
export type { operations, paths } from "./generated/schema.ts";
export type * from "./generated/types.ts";
export * from "./generated/values.ts";
export type { ClientOptions, Credential, DotsOptions, Server } from "./options/dots-options.ts";
export type { Hooks, RequestEvent, ResponseEvent, RetryEvent } from "./options/hooks.ts";
export type { ApiCall, ApiResult } from "./runtime/api-call.ts";
export type {
  CallOptions,
  KeyedCallOptions,
  StoredCall,
  Time,
  UnfinishedCall,
} from "./runtime/call-options.ts";
export type { Outcome } from "./runtime/outcome.ts";
export type { Violation } from "./runtime/validate.ts";
export { type Account, accountMark, accountOf } from "./settings/account.ts";
export { longestTimeout } from "./settings/limits.ts";
export type { Validation } from "./validation/types.ts";
