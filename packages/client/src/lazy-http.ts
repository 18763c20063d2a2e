import type { Client } from "openapi-fetch";
import type { paths } from "./generated/schema.ts";

/** A client that is loaded when it is first used: whoever calls methods alone never loads openapi-fetch. */
export function lazyHttp(load: () => Promise<Client<paths>>): Client<paths> {
  let loading: Promise<Client<paths>> | undefined;
  const member =
    (name: keyof Client<paths>) =>
    async (...given: unknown[]): Promise<never> => {
      loading ??= load();
      // Its type would be compared for each path of the API, and a compiler gives up on a large one.
      const client: object = await loading;
      const result: Promise<never> = Reflect.apply(Reflect.get(client, name), client, given);
      return result;
    };
  return {
    request: member("request"),
    GET: member("GET"),
    PUT: member("PUT"),
    POST: member("POST"),
    DELETE: member("DELETE"),
    OPTIONS: member("OPTIONS"),
    HEAD: member("HEAD"),
    PATCH: member("PATCH"),
    TRACE: member("TRACE"),
    use: member("use"),
    eject: member("eject"),
  };
}
