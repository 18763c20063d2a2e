import type { Client } from "openapi-fetch";
import { type ApiResult, apiCall } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";
import { deliver } from "./deliver.ts";
import type { DotsOptions } from "./dots-options.ts";
import { operations } from "./generated/operations.ts";
import { Resources } from "./generated/resources.ts";
import type { paths } from "./generated/schema.ts";
import { lazyHttp } from "./lazy-http.ts";
import type { Call, Operation } from "./operation.ts";
import { blame, prepare } from "./prepare.ts";
import { readSettings } from "./settings.ts";

/**
 * A client of the API. Its resources hold a method for each operation.
 *
 * @example
 * ```ts
 * const dots = new Dots({ environment: "sandbox" }); // credentials from DOTS_CLIENT_ID and DOTS_API_KEY
 * ```
 */
export class Dots extends Resources {
  /**
   * The openapi-fetch client of the same API, for requests by path. It logs in, retries and fails as the methods do;
   * its middleware is its own.
   */
  declare readonly http: Client<paths>;

  /** @throws ConfigurationError when the options cannot work. */
  constructor(options: DotsOptions) {
    const settings = readSettings(options);
    // An async function, so that a request which cannot be sent rejects too.
    const start = async <Data>(
      operation: Operation,
      callOptions: KeyedCallOptions = {},
      body?: unknown,
      path?: () => string,
    ): Promise<ApiResult<Data>> => deliver(settings, prepare(settings, operation, callOptions, body, path));
    super(<Data>(...given: Parameters<Call>) => apiCall(start<Data>(...given)));
    this.http = lazyHttp(async () =>
      (await import("./http.ts")).createHttp({ settings, operations, prepare, deliver, blame }),
    );
  }
}
