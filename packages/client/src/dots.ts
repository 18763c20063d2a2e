import type { Client } from "openapi-fetch";
import { ApiCall, type ApiResult } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";
import type { DotsOptions } from "./dots-options.ts";
import { operations } from "./generated/operations.ts";
import { Resources } from "./generated/resources.ts";
import type { paths } from "./generated/schema.ts";
import { readHeaders } from "./headers.ts";
import { lazyHttp } from "./lazy-http.ts";
import type { Operation } from "./operation.ts";
import { run } from "./run.ts";
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
    const call = <Data>(
      operation: Operation,
      given: KeyedCallOptions = {},
      content?: unknown,
      path = () => operation.path,
    ): ApiCall<Data> =>
      new ApiCall(
        run(settings, operation, given, content, async ({ key, body, send }): Promise<ApiResult<Data>> => {
          const { data, response, attempts } = await send<Data>({
            url: settings.baseUrl + path(),
            headers: readHeaders(settings.headers, given.headers),
            body: JSON.stringify(body),
          });
          return { data, response, idempotencyKey: key, attempts };
        }),
      );
    super(call);
    this.http = lazyHttp(async () => (await import("./http.ts")).createHttp(settings, operations, run));
  }
}
