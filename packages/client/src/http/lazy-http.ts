import { isIdempotent, isSafe } from "@dots-payouts/openapi";
import type { Client, ClientOptions, HeadersOptions } from "openapi-fetch";
import { type Call, toDotsError } from "../call/call.ts";
import { prepareCall } from "../call/prepare-call.ts";
import type { paths } from "../generated/schema.ts";
import type { KeyedCallOptions } from "../runtime/call-options.ts";
import type { Operation } from "../runtime/operation.ts";
import { plainOptions } from "../runtime/own-properties.ts";
import type { Settings } from "../settings/settings.ts";
import type { HttpClient } from "./http-client.ts";

/** What openapi-fetch sends, as it was at the time of the call. */
interface HttpCall {
  readonly call: Call;
  /** openapi-fetch's own options. */
  readonly init: {
    readonly headers: HeadersOptions;
    readonly params: Params;
    readonly pathSerializer?: NonNullable<ClientOptions["pathSerializer"]>;
  };
}

/**
 * An openapi-fetch client without the types of the description: comparing those for many paths takes a compiler too
 * long.
 */
export interface Http {
  readonly send: (call: HttpCall) => Promise<never>;
  readonly use: Client<paths>["use"];
  readonly eject: Client<paths>["eject"];
}

interface Init extends Omit<KeyedCallOptions, "headers"> {
  readonly body?: unknown;
  readonly params?: Params;
  readonly headers?: HeadersOptions;
}

interface Params {
  readonly path?: object | null;
  readonly query?: Record<string, unknown>;
}

type Send = (path: string, init?: Init) => Promise<never>;

/**
 * A client that is loaded on first use: a program that only calls methods never loads openapi-fetch. Arguments are
 * copied at once, so that the caller may reuse them while the rest loads.
 */
export function lazyHttp(
  settings: Settings,
  operations: readonly Operation[],
  load: () => Promise<Http>,
): HttpClient {
  let loading: Promise<Http> | undefined;
  const loaded = (): Promise<Http> => {
    loading ??= load();
    return loading;
  };
  const request = async (verb: string, path: string, init?: Init): Promise<never> => {
    const call = takeCall(settings, operations, verb.toUpperCase(), path, init);
    return (await loaded()).send(call);
  };
  // To compare a function that takes any path with one for each path takes a compiler seconds where there are many.
  const send = (method: string): never => {
    const sendIt: Send = (path, init) => request(method, path, init);
    return sendIt as never;
  };
  return {
    request: request as never,
    GET: send("GET"),
    PUT: send("PUT"),
    POST: send("POST"),
    DELETE: send("DELETE"),
    OPTIONS: send("OPTIONS"),
    HEAD: send("HEAD"),
    PATCH: send("PATCH"),
    TRACE: send("TRACE"),
    use: async (...given) => (await loaded()).use(...given),
    eject: async (...given) => (await loaded()).eject(...given),
  };
}

function takeCall(
  settings: Settings,
  operations: readonly Operation[],
  method: string,
  path: string,
  given: Init = {},
): HttpCall {
  const operation = operations.find((known) => known.method === method && known.path === path) ?? {
    __proto__: null,
    id: `${method} ${path}`,
    method,
    path,
    safe: isSafe(method),
    idempotent: isIdempotent(method),
    empty: method === "HEAD",
  };
  let call: Call | undefined;
  try {
    const init = plainOptions(given);
    const { body, headers, params, signal: _, ...rest } = init;
    call = prepareCall(settings, operation, { ...init, headers: undefined }, body, undefined, true);
    // openapi-fetch would take the pairs of a list for headers with numbers as their names.
    const copied = headers && Symbol.iterator in headers ? new Headers([...headers]) : { ...headers };
    return { call, init: { ...rest, headers: copied, params: structuredClone(params ?? {}) } };
  } catch (error) {
    throw toDotsError(error, call ?? { operation, attempts: 0, outcome: "unknown" });
  }
}
