import * as library from "openapi-fetch";
import type { isoTime, toDotsError } from "../call/call.ts";
import type { resultOf } from "../call/read-success.ts";
import type { sendWithRetries } from "../call/send-with-retries.ts";
import type { Sent } from "../runtime/api-call.ts";
import { fillPath } from "../runtime/fill-path.ts";
import type { Settings } from "../settings/settings.ts";
import type { Http } from "./lazy-http.ts";
import { withProtectedBody } from "./protected-body.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** Any paths: callers see those of the description, and openapi-fetch treats all the same. */
interface AnyPaths {
  [path: string]: Record<
    (typeof METHODS)[number],
    { requestBody: { content: { "application/json": unknown } } }
  >;
}

/** The steps of a call, as the methods use them. */
interface CallParts {
  readonly sendWithRetries: typeof sendWithRetries;
  readonly resultOf: typeof resultOf;
  readonly toDotsError: typeof toDotsError;
  readonly isoTime: typeof isoTime;
}

/**
 * An openapi-fetch client whose requests are sent, retried and checked like those of the methods. The functions for
 * that are passed in, so that a bundler can split off this file and the library.
 */
export function createHttp(
  settings: Settings,
  { sendWithRetries, resultOf, toDotsError, isoTime }: CallParts,
): Http {
  const { baseUrl } = settings;
  const client = createClientOf(library.default)<AnyPaths>({ baseUrl });
  return {
    use: client.use,
    eject: client.eject,
    async send({ call, init }) {
      const { operation } = call;
      let isSent = false;
      let sent: Sent = {
        idempotencyKey: call.key,
        firstSentAt: isoTime(call.firstSentAt),
        account: call.account,
        attempts: 0,
      };
      const fetch = async (request: Request): Promise<Response> => {
        const { url } = request;
        // The credentials are only for this server.
        if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not below baseUrl`);
        const text = (await request.text()) || undefined;
        isSent = true;
        const taken = withProtectedBody({
          ...call,
          url,
          headers: { ...Object.fromEntries(request.headers), ...operation.headers },
          body: text,
        });
        const answer = resultOf(await sendWithRetries(settings, taken));
        const { data, response, violations: _, ...rest } = answer;
        sent = rest;
        const { status } = response;
        const isEmpty = operation.empty === true || status === 204 || status === 205;
        return new Response(isEmpty ? null : JSON.stringify(data), {
          status,
          headers: response.headers ?? {},
        });
      };
      try {
        const method = METHODS.find((name) => name.toUpperCase() === operation.method);
        if (method === undefined) throw new Error(`there is no method ${operation.method}`);
        const querySerializer = (query: object) => fillPath({ ...operation, path: "" }, {}, query).slice(1);
        const headers = library.mergeHeaders(call.headers, init.headers);
        const given = { querySerializer, ...init, headers, body: call.body && JSON.parse(call.body), fetch };
        // The answer's type depends on the path, which only the caller knows.
        return { ...(await client.request(method, operation.path, given)), ...sent } as never;
      } catch (error) {
        throw toDotsError(error, isSent ? { ...call, outcome: "unknown", attempts: 1 } : call);
      }
    },
  };
}

type CreateClient = typeof library.default;

/** Some CommonJS loaders wrap the library's default export in an object. */
function createClientOf(loaded: CreateClient | { readonly default: CreateClient }): CreateClient {
  return typeof loaded === "function" ? loaded : loaded.default;
}
