import type { Core } from "../core.ts";
import type { KnownResource } from "../life/known-resource.ts";
import { refuse } from "../wire/refusal.ts";
import type { Endpoint } from "./endpoint.ts";

const FILTERS = ["kind", "id", "state"];

/** Lists resources and makes their moves. */
export function resourceEndpoints(core: Core): readonly Endpoint[] {
  return [
    {
      method: "GET",
      path: "/resources",
      async answer({ query, namespace }) {
        const unknown = [...query.keys()].find((name) => !FILTERS.includes(name));
        if (unknown !== undefined) {
          throw refuse(400, "filter", `There is no filter ${unknown}. Available: ${FILTERS.join(", ")}.`);
        }
        const { kind, id, state } = Object.fromEntries(query);
        const fits = (one: KnownResource) =>
          (kind ?? one.kind) === one.kind && (id ?? one.id) === one.id && (state ?? one.state) === one.state;
        return (await core.resources(namespace)).filter(fits);
      },
    },
    {
      method: "POST",
      path: "/resources/:id/moves/:move",
      async answer({ names, json }) {
        await json([]);
        return core.life.move(names["id"] ?? "", names["move"] ?? "");
      },
    },
  ];
}
