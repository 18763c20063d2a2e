import {
  type Changes,
  getAt,
  type Json,
  type Lists,
  queryOf,
  type Reads,
  type Removes,
  type ResourceRole,
  removeAt,
  setAt,
} from "@dots-payouts/openapi";
import type { Draft } from "../sample/draft.ts";
import { decodeParameter } from "../spec/path-parameters.ts";
import type { IdAndResource, Resources } from "../store/store.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import type { ValidRequest } from "./check-body.ts";
import { listPage } from "./list-page.ts";

/** What an operation does to resources that are there already. */
type RoleOnExisting = Reads | Lists | Changes | Removes;

/** Resources belong to the client that created them. */
export function ownerOf(client: string, { kind }: ResourceRole): string {
  return JSON.stringify([client, kind]);
}

/**
 * Does what `x-resource` says, to what was created before. Returns the body of the answer.
 * @param documented the body that would be sent without knowing any resource
 * @throws Refusal (404) when the ID belongs to no resource.
 */
export async function resourceBody(
  resources: Resources,
  role: RoleOnExisting,
  valid: ValidRequest,
  draft: Draft,
  documented: () => Json | undefined,
): Promise<Json> {
  const owner = ownerOf(valid.client, role);
  if (role.does === "list")
    return listed(await resources.list(owner), role, valid, draft, documented() ?? {});
  const id = decodeParameter(valid.compiled.parametersOf(valid.path)[role.by] ?? "");
  const { at } = role;
  const answerWith = (resource: Json): Json =>
    at === "" ? resource : setAt(documented() ?? {}, at, resource);
  for (;;) {
    const resource = await resources.find(owner, id);
    if (resource === undefined) throw missing(role, id);
    switch (role.does) {
      case "read":
        return answerWith(resource);
      case "remove":
        if (await resources.remove(owner, id)) return answerWith(resource);
        break;
      case "change": {
        const changed = change(resource, role, valid.json, draft);
        const next = { owner, id, resource: changed, size: JSON.stringify(changed).length };
        if (await resources.replace(next, resource)) return answerWith(changed);
      }
    }
    // Another request has changed or removed it since: look again.
  }
}

function missing({ kind }: ResourceRole, id: string): Refusal {
  return refuse(404, "resource", `There is no ${kind} with the ID ${id}.`);
}

/** What is sent is taken over where the documentation says so and the answer's schema allows it. */
function change(resource: Json, { sets }: Changes, sent: Json | undefined, draft: Draft): Json {
  let changed = resource;
  for (const echo of draft.echo) {
    const value = sent === undefined ? undefined : getAt(sent, echo.request);
    if (value === undefined) continue;
    const next = setAt(changed, echo.response, value);
    if (draft.fits(next)) changed = next;
  }
  return sets.reduce((state, { pointer, value }) => setAt(state, pointer, value), changed);
}

/** How many resources a page has where neither the request nor the documentation says. */
const PAGE = 100;

function listed(
  all: readonly IdAndResource[],
  role: Lists,
  valid: ValidRequest,
  draft: Draft,
  documented: Json,
): Json {
  const query = queryOf(valid.request.target);
  const { limit, next, more } = role.page;
  const size = limit === undefined ? all.length : Number(query.get(limit) ?? defaultOf(valid, limit) ?? PAGE);
  const page = listPage(all, role, query, size);
  let envelope = role.items === "" ? [...page.items] : setAt(documented, role.items, [...page.items]);
  if (more !== undefined) envelope = setAt(envelope, more, page.more);
  if (next === undefined) return envelope;
  if (page.next !== undefined) return setAt(envelope, next, page.next);
  const without = removeAt(envelope, next);
  return draft.fits(without) ? without : setAt(envelope, next, null);
}

function defaultOf({ compiled }: ValidRequest, name: string): Json | undefined {
  const parameter = compiled.operation.parameters.find(
    (known) => known.in === "query" && known.name === name,
  );
  return parameter === undefined ? undefined : getAt(parameter.node, "/schema/default");
}
