import type { Client } from "openapi-fetch";
import type { paths } from "../generated/schema.ts";

const MEMBERS = [
  "request",
  "GET",
  "PUT",
  "POST",
  "DELETE",
  "OPTIONS",
  "HEAD",
  "PATCH",
  "TRACE",
  "use",
  "eject",
] as const;

/** A client that is loaded when it is first used: whoever calls methods alone never loads openapi-fetch. */
export function lazyHttp(load: () => Promise<Client<paths>>): Client<paths> {
  let loading: Promise<Client<paths>> | undefined;
  const members = MEMBERS.map((name) => [
    name,
    async (...given: unknown[]): Promise<never> => {
      loading ??= load();
      // Its type would be compared for each path of the API, and a compiler gives up on a large one.
      const client: object = await loading;
      const result: Promise<never> = Reflect.apply(Reflect.get(client, name), client, given);
      return result;
    },
  ]);
  // The names are those of the list, each with the function that stands beside it.
  return Object.fromEntries(members) as Record<
    (typeof MEMBERS)[number],
    (...given: unknown[]) => Promise<never>
  >;
}
