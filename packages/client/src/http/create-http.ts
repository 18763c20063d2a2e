import type { prepareCall as PrepareCall, toDotsError as ToDotsError } from "../call/prepare-call.ts";
import type { sendWithRetries as SendWithRetries } from "../call/send-with-retries.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import { fillPath } from "../runtime/fill-path.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Settings } from "../settings/settings.ts";
import type { Http } from "./lazy-http.ts";

interface Init extends Omit<KeyedCallOptions, "headers"> {
  readonly body?: unknown;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;
type Method = (typeof METHODS)[number];

/** Any paths: callers see those of the description, and openapi-fetch itself treats all alike. */
interface AnyPaths {
  [path: string]: Record<Method, { requestBody: { content: { "application/json": unknown } } }>;
}

/**
 * An openapi-fetch client whose requests are sent, retried and refused as those of the methods are. It is given what
 * does so, for a bundler to keep this file, and the library, apart from it.
 */
export async function createHttp(
  settings: Settings,
  operations: readonly Operation[],
  prepareCall: typeof PrepareCall,
  sendWithRetries: typeof SendWithRetries,
  toDotsError: typeof ToDotsError,
): Promise<Http> {
  // `import()` in CommonJS too: what `require` makes of a default export differs from one runtime to the next.
  const { default: createClient } = await import("openapi-fetch");
  const { baseUrl, headers } = settings;
  const client = createClient<AnyPaths>({ baseUrl, headers });

  const request = async (verb: string, path: string, init: Init = {}): Promise<never> => {
    const { signal, timeout, deadline, maxRetries, idempotencyKey, body, ...rest } = init;
    const options = { signal, timeout, deadline, maxRetries, idempotencyKey };
    const method = verb.toUpperCase();
    const operation = operations.find((known) => known.method === method && known.path === path) ?? {
      id: `${method} ${path}`,
      method,
      path,
    };
    const prepared = prepareCall(settings, operation, options, body);
    let attempts = 0;
    const fetch = async (request: Request): Promise<Response> => {
      const { url } = request;
      // The credentials are for this server alone.
      if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not below baseUrl`);
      const text = (await request.text()) || undefined;
      attempts = 1;
      const answer = await sendWithRetries(settings, {
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
      const known = METHODS.find((name) => name.toUpperCase() === method);
      if (known === undefined) throw new Error(`there is no method ${verb}`);
      const querySerializer = (query: object) => fillPath({ ...operation, path: "" }, {}, query).slice(1);
      const given = { querySerializer, ...rest, body: prepared.content, fetch };
      // The description types the answer, and nobody but the caller knows for which path.
      return (await client.request(known, path, given)) as never;
    } catch (error) {
      throw toDotsError(error, prepared, attempts);
    }
  };
  const send =
    (method: Method) =>
    (path: string, init?: Init): Promise<never> =>
      request(method, path, init);

  return {
    request,
    GET: send("get"),
    PUT: send("put"),
    POST: send("post"),
    DELETE: send("delete"),
    OPTIONS: send("options"),
    HEAD: send("head"),
    PATCH: send("patch"),
    TRACE: send("trace"),
    use: client.use,
    eject: client.eject,
  };
}
