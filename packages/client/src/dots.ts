import { failure, isoTime, toDotsError } from "./call/call.ts";
import { clientWith } from "./call/create-client.ts";
import { resultOf } from "./call/read-success.ts";
import { requireIntegers } from "./call/request-body.ts";
import { sendWithRetries } from "./call/send-with-retries.ts";
import { operations } from "./generated/operations.ts";
import { Resources } from "./generated/resources.ts";
import type { HttpClient } from "./http/http-client.ts";
import { lazyHttp } from "./http/lazy-http.ts";
import type { DotsOptions } from "./options/dots-options.ts";
import { fillPath } from "./runtime/fill-path.ts";
import { isSameJson, parseJson, valueAt } from "./runtime/json.ts";
import { keepAccount } from "./settings/account.ts";
import { readHeaders } from "./settings/headers.ts";
import { readSettings } from "./settings/settings.ts";

/**
 * A client of the API. Its resources have a method for each operation.
 *
 * @example
 * ```ts
 * const dots = new Dots({ environment: "sandbox" }); // credentials from DOTS_CLIENT_ID and DOTS_API_KEY
 * ```
 */
export class Dots extends Resources {
  /**
   * An openapi-fetch client for the same API, for requests by path. Credentials, retries and errors are the same as for
   * the methods; its middleware is separate.
   */
  declare readonly http: HttpClient;

  /** @throws ConfigurationError if the options cannot work. */
  constructor(options: DotsOptions) {
    const settings = readSettings(options);
    super(clientWith(settings));
    keepAccount(this, settings);
    this.http = lazyHttp(settings, operations, async () => {
      const { createHttp } = await import("./http/create-http.ts");
      return createHttp(settings, operations, [
        [failure, isSameJson, parseJson, valueAt],
        fillPath,
        isoTime,
        readHeaders,
        resultOf,
        sendWithRetries,
        toDotsError,
        requireIntegers,
      ]);
    });
  }
}
