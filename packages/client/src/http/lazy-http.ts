import type { Client } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";

type Request<Given extends string[]> = (...given: [...Given, init?: object]) => Promise<never>;

/**
 * An openapi-fetch client without the types of the description: to compare those for each path takes a compiler too
 * long where there are many.
 */
export interface Http {
  readonly request: Request<[method: string, path: string]>;
  readonly GET: Request<[path: string]>;
  readonly PUT: Request<[path: string]>;
  readonly POST: Request<[path: string]>;
  readonly DELETE: Request<[path: string]>;
  readonly OPTIONS: Request<[path: string]>;
  readonly HEAD: Request<[path: string]>;
  readonly PATCH: Request<[path: string]>;
  readonly TRACE: Request<[path: string]>;
  readonly use: Client<paths>["use"];
  readonly eject: Client<paths>["eject"];
}

/** A client that is loaded when it is first used: a program that calls methods alone never loads openapi-fetch. */
export function lazyHttp(load: () => Promise<Http>): Client<paths> {
  let loading: Promise<Http> | undefined;
  const later =
    <Given extends unknown[], Result>(select: (http: Http) => (...given: Given) => Result) =>
    async (...given: Given): Promise<Awaited<Result>> => {
      loading ??= load();
      return await select(await loading)(...given);
    };
  return {
    request: later((http) => http.request),
    GET: later((http) => http.GET),
    PUT: later((http) => http.PUT),
    POST: later((http) => http.POST),
    DELETE: later((http) => http.DELETE),
    OPTIONS: later((http) => http.OPTIONS),
    HEAD: later((http) => http.HEAD),
    PATCH: later((http) => http.PATCH),
    TRACE: later((http) => http.TRACE),
    use: later((http) => http.use),
    eject: later((http) => http.eject),
  };
}
