import * as library from "openapi-fetch";
import type { Call } from "../call/call.ts";
import type { Sent } from "../runtime/api-call.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Settings } from "../settings/settings.ts";
import type { CallParts } from "./call-parts.ts";
import type { Http } from "./lazy-http.ts";
import { withProtectedBody } from "./protected-body.ts";
import { takenFor, templateOf } from "./taken-for.ts";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"] as const;

/** By these headers, some servers and proxies take a request for one with another method, or to another path. */
const OTHER_METHODS = ["x-http-method-override", "x-method-override", "x-http-method"];
const OTHER_PATHS = ["x-original-url", "x-rewrite-url"];

/** Any paths: callers see those of the description, and openapi-fetch treats all the same. */
interface AnyPaths {
  [path: string]: Record<
    (typeof METHODS)[number],
    { requestBody: { content: { "application/json": unknown } } }
  >;
}

/** An openapi-fetch client whose requests are sent, retried and refused as those of the methods are. */
export function createHttp(settings: Settings, operations: readonly Operation[], parts: CallParts): Http {
  const [body, fillPath, isoTime, readHeaders, resultOf, sendWithRetries, toDotsError, requireIntegers] =
    parts;
  const [failure] = body;
  const { baseUrl } = settings;
  const templates = operations.map(templateOf);
  const client = createClientOf(library.default)<AnyPaths>({ baseUrl });
  return {
    use: client.use,
    eject: client.eject,
    async send({ call, init }) {
      const { operation } = call;
      // What was sent and what came of it: a middleware may send it again, or fail after it was carried out.
      let taken = call;
      let sent: Sent = {
        idempotencyKey: call.key,
        firstSentAt: isoTime(call.firstSentAt),
        account: call.account,
        attempts: 0,
      };
      /** What the last request failed with. Others are errors of a middleware, whatever they look like. */
      let own: unknown;
      /** How many requests have not ended. */
      let running = 0;
      /** Whether the caller has heard how the call ended. What is sent from then on would make that untrue. */
      let hasEnded = false;
      let before: Promise<unknown> = Promise.resolve();
      // One after the other: what came of the first says what the failure of the next one means.
      const fetch = (request: Request): Promise<Response> => {
        running += 1;
        const response = before.then(() => sendRequest(request));
        before = response.then(
          () => {
            running -= 1;
            own = undefined;
          },
          (error: unknown) => {
            running -= 1;
            own = error;
          },
        );
        return response;
      };
      const sendRequest = async (request: Request): Promise<Response> => {
        if (hasEnded) throw new Error("the call has ended");
        const { url, headers: sentHeaders } = request;
        // The credentials are only for this server.
        if (!url.startsWith(`${baseUrl}/`)) throw new Error(`${url} is not below baseUrl`);
        const refuse = (what: string): never => {
          throw failure(taken, "InvalidRequestError", what);
        };
        const elsewhere = OTHER_PATHS.find((name) => sentHeaders.has(name));
        if (elsewhere)
          refuse(`the header ${elsewhere} cannot be sent: a server may take this for another path`);
        const isOverridden = !operation.safe && OTHER_METHODS.some((name) => sentHeaders.has(name));
        const methods = isOverridden ? METHODS.map((name) => name.toUpperCase()) : [operation.method];
        const { pathname } = new URL(url);
        for (const meant of methods.flatMap((name) => takenFor(templates, name, pathname))) {
          if (meant.key && meant !== operation) {
            refuse(`a server may take this for ${meant.path}, and it has no idempotency key of that`);
          }
        }
        const text = (await request.text()) || undefined;
        try {
          // A middleware may have written other numbers.
          requireIntegers(operation, text);
        } catch (error) {
          refuse(messageOf(error));
        }
        const given = { ...Object.fromEntries(sentHeaders), ...operation.headers };
        const same = withProtectedBody(body, {
          ...taken,
          url,
          headers: readHeaders({}, { headers: given }),
          body: text,
          earlierBody: taken.attempts > 0 ? taken.body : taken.earlierBody,
        });
        taken = same;
        const answer = resultOf(await sendWithRetries(settings, () => same));
        // For what fails from here on.
        taken.outcome = "unknown";
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
        own = init.pathSerializer ? undefined : pathProblem(parts, call, init.params.path);
        if (own) throw own;
        const headers = library.mergeHeaders(call.headers, init.headers);
        // A form is only encoded when it is sent.
        const bodySerializer = operation.form && { bodySerializer: JSON.stringify };
        const given = {
          querySerializer,
          ...bodySerializer,
          ...init,
          headers,
          body: call.body && JSON.parse(call.body),
          fetch,
        };
        // The answer's type depends on the path, which only the caller knows.
        return { ...(await client.request(method, operation.path, given)), ...sent } as never;
      } catch (error) {
        const known: Call = running > 0 ? { ...taken, outcome: "unknown" } : taken;
        throw toDotsError(error === own && running === 0 ? error : new Error(messageOf(error)), known);
      } finally {
        hasEnded = true;
      }
    },
  };
}

/** The error of a call whose path lacks a part: openapi-fetch would call something else. */
function pathProblem([[failure], fillPath]: CallParts, call: Call, path: object | null | undefined): unknown {
  try {
    fillPath(call.operation, path ?? {});
    return undefined;
  } catch (error) {
    return failure(call, "InvalidRequestError", messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

type CreateClient = typeof library.default;

/** Some CommonJS loaders wrap the library's default export in an object. */
function createClientOf(loaded: CreateClient | { readonly default: CreateClient }): CreateClient {
  return typeof loaded === "function" ? loaded : loaded.default;
}
