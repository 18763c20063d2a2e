import type { Client } from "openapi-fetch";
import { address } from "./address.ts";
import { ApiCall, type ApiResult } from "./api-call.ts";
import type { KeyedCallOptions } from "./call-options.ts";
import type { DotsOptions } from "./dots-options.ts";
import { Resources } from "./generated/resources.ts";
import type { paths } from "./generated/schema.ts";
import { readHeaders } from "./headers.ts";
import { createHttp } from "./http.ts";
import type { Operation, Params } from "./operation.ts";
import { run } from "./run.ts";
import { readSettings } from "./settings.ts";

/**
 * A client of the API. Its resources hold a method for each operation.
 *
 * @example
 * ```ts
 * const dots = new Dots({ environment }); // credentials from DOTS_CLIENT_ID and DOTS_API_KEY
 * ```
 */
export class Dots extends Resources {
  /**
   * The openapi-fetch client of the same API, for requests by path. It logs in, retries and fails as the methods do;
   * its middleware is its own.
   */
  readonly http: Client<paths>;

  /** @throws ConfigurationError when the options cannot work. */
  constructor(options: DotsOptions) {
    const settings = readSettings(options);
    super(
      <Data>(
        operation: Operation,
        options: KeyedCallOptions = {},
        body?: unknown,
        path?: Params,
        query?: Params,
      ) =>
        new ApiCall<Data>(
          run(settings, operation, options, body, async (call): Promise<ApiResult<Data>> => {
            const url = address(settings.baseUrl, operation, path, query);
            const headers = readHeaders(settings.headers, options.headers);
            const delivered = await call.send<Data>({ url, headers, body: JSON.stringify(call.body) });
            const { data, response, attempts } = delivered;
            return { data, response, idempotencyKey: call.key, attempts };
          }),
        ),
    );
    this.http = createHttp(settings);
  }
}
