import type { Client } from "openapi-fetch";
import type { blame as Blame, prepare as Prepare } from "../call/prepare.ts";
import type { deliver as Deliver } from "../call/with-retries.ts";
import type { paths } from "../generated/schema.ts";
import type { KeyedCallOptions } from "../options/call-options.ts";
import { fillPath } from "../runtime/fill-path.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Settings } from "../settings/settings.ts";

interface Init extends Omit<KeyedCallOptions, "headers"> {
  readonly body?: unknown;
}

type Verb = (path: string, init?: Init) => Promise<never>;

/**
 * An openapi-fetch client whose requests are sent, retried and refused as those of the methods are. It is given what
 * does so, for a bundler to keep this file, and the library, apart from it.
 */
export async function createHttp(
  settings: Settings,
  operations: readonly Operation[],
  prepare: typeof Prepare,
  deliver: typeof Deliver,
  blame: typeof Blame,
): Promise<Client<paths>> {
  // `import()` in CommonJS too: what `require` makes of a default export differs from one runtime to the next.
  const { default: createClient } = await import("openapi-fetch");
  const { baseUrl, headers } = settings;
  const client = createClient<paths>({ baseUrl, headers });

  const request = async (method: string, path: string, init: Init = {}): Promise<never> => {
    const { signal, timeout, deadline, maxRetries, idempotencyKey, body, ...rest } = init;
    const options = { signal, timeout, deadline, maxRetries, idempotencyKey };
    const operation = operations.find((known) => known.method === method && known.path === path) ?? {
      id: `${method} ${path}`,
      method,
      path,
    };
    const prepared = prepare(settings, operation, options, body);
    let attempts = 0;
    const fetch = async (request: Request): Promise<Response> => {
      const { url } = request;
      // The credentials are for this server alone.
      if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not below baseUrl`);
      const text = (await request.text()) || undefined;
      attempts = 1;
      const answer = await deliver(settings, {
        ...prepared,
        url,
        headers: { ...Object.fromEntries(request.headers), ...operation.headers },
        body: text,
      });
      attempts = answer.attempts;
      const { data, response } = answer;
      const isEmpty = operation.empty === true || [204, 205].includes(response.status);
      return new Response(isEmpty ? null : JSON.stringify(data), response);
    };
    try {
      const querySerializer = (query: object) => fillPath({ ...operation, path: "" }, {}, query).slice(1);
      const given = { querySerializer, ...rest, body: prepared.content, fetch };
      const result: Promise<never> = Reflect.apply(client.request, client, [method, path, given]);
      return await result;
    } catch (error) {
      throw blame(error, prepared, attempts);
    }
  };
  const verb =
    (method: string): Verb =>
    (path, init) =>
      request(method, path, init);

  return {
    ...client,
    request: (method: string, path: string, init?: Init) => request(method.toUpperCase(), path, init),
    GET: verb("GET"),
    PUT: verb("PUT"),
    POST: verb("POST"),
    DELETE: verb("DELETE"),
    OPTIONS: verb("OPTIONS"),
    HEAD: verb("HEAD"),
    PATCH: verb("PATCH"),
    TRACE: verb("TRACE"),
  };
}
