import { optionHeaders } from "../generated/header-options.ts";

const SHARED = `timeout|deadline|maxRetries|retryDelay|maxRetryAfter|headers|${optionHeaders
  .map(([option]) => option)
  .join("|")}`;

/** The options of a call. */
export const CALL_OPTIONS: string = `${SHARED}|signal|idempotencyKey|keyIsNew|firstSentAt|account|continue`;

/** The options of a client. */
export const CLIENT_OPTIONS: string = `${SHARED}|environment|baseUrl|clientId|apiKey|fetch|fetchSendsOnce|validation|on(Request|Response|Retry)|dangerouslyAllowHttp|dangerouslyAllowBrowser`;

/**
 * Finds mistyped options, which the types show to TypeScript alone: one that protects money must not be ignored.
 * @param takesOthers whether others may be for somebody else, so that only those count that look alike
 * @throws Error if there is one.
 */
export function requireKnown(options: object, names: string, takesOthers?: boolean): void {
  for (const name in options) {
    const isMeant = !takesOthers || RegExp(`^(${names})$`, "i").test(name.replace(/\W|_/g, ""));
    if (isMeant && !RegExp(`^(${names})$`).test(name)) throw new Error(`there is no option ${name}`);
  }
}
