import type { Client, Middleware } from "openapi-fetch";
import type { KeyedCallOptions } from "./call-options.ts";
import { operations } from "./generated/operations.ts";
import type { paths } from "./generated/schema.ts";
import { run } from "./run.ts";
import type { Settings } from "./settings.ts";

interface Init extends Omit<KeyedCallOptions, "headers"> {
  readonly body?: unknown;
}

type Verb = (path: string, init?: Init) => Promise<never>;

/**
 * An openapi-fetch client whose requests are sent, retried and refused as those of the methods are. The library is
 * loaded by the first use, so that programs which call methods alone do without it.
 */
export function createHttp(settings: Settings): Client<paths> {
  const { baseUrl, headers } = settings;
  let loading: Promise<Client<paths>> | undefined;
  const load = (): Promise<Client<paths>> => {
    loading ??= import("openapi-fetch").then((library) => library.default<paths>({ baseUrl, headers }));
    return loading;
  };

  const request = (method: string, path: string, init: Init = {}): Promise<never> => {
    const { signal, timeout, deadline, maxRetries, idempotencyKey, body: given, ...rest } = init;
    const operation = operations.find((known) => known.method === method && known.path === path) ?? {
      id: `${method} ${path}`,
      method,
      path,
    };
    return run(settings, operation, init, given, async ({ body, send }) => {
      const fetch = async (request: Request): Promise<Response> => {
        const { url } = request;
        // The credentials are for this server alone.
        if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not below baseUrl`);
        const text = (await request.text()) || undefined;
        const answer = await send({ url, headers: Object.fromEntries(request.headers), body: text });
        return new Response(answer.text || null, answer.response);
      };
      const client = await load();
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
    request: (method: string, path: string, init?: Init) => request(method.toUpperCase(), path, init),
    GET: verb("GET"),
    PUT: verb("PUT"),
    POST: verb("POST"),
    DELETE: verb("DELETE"),
    OPTIONS: verb("OPTIONS"),
    HEAD: verb("HEAD"),
    PATCH: verb("PATCH"),
    TRACE: verb("TRACE"),
    use: (...middleware: Middleware[]) => void load().then((client) => client.use(...middleware)),
    eject: (...middleware: Middleware[]) => void load().then((client) => client.eject(...middleware)),
  };
}
