import createClient, { type Client } from "openapi-fetch";
import type { KeyedCallOptions } from "./call-options.ts";
import type { paths } from "./generated/schema.ts";
import type { Operation } from "./operation.ts";
import type { run } from "./run.ts";
import type { Settings } from "./settings.ts";

interface Init extends Omit<KeyedCallOptions, "headers"> {
  readonly body?: unknown;
}

type Verb = (path: string, init?: Init) => Promise<never>;

/**
 * An openapi-fetch client whose requests are sent, retried and refused as those of the methods are. What it needs of
 * the rest is given to it, so that a bundler can keep it, and the library, in a file of their own.
 */
export function createHttp(
  settings: Settings,
  operations: readonly Operation[],
  start: typeof run,
): Client<paths> {
  const { baseUrl, headers } = settings;
  const client = createClient<paths>({ baseUrl, headers });

  const request = (method: string, path: string, init: Init = {}): Promise<never> => {
    const { signal, timeout, deadline, maxRetries, idempotencyKey, body: given, ...rest } = init;
    const operation = operations.find((known) => known.method === method && known.path === path) ?? {
      id: `${method} ${path}`,
      method,
      path,
    };
    return start(settings, operation, init, given, ({ body, send }) => {
      const fetch = async (request: Request): Promise<Response> => {
        const { url } = request;
        // The credentials are for this server alone.
        if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not below baseUrl`);
        const text = (await request.text()) || undefined;
        const answer = await send({ url, headers: Object.fromEntries(request.headers), body: text });
        return new Response(answer.text || null, answer.response);
      };
      const result: Promise<never> = Reflect.apply(client.request, client, [
        method,
        path,
        { ...rest, body, fetch },
      ]);
      return result;
    });
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
