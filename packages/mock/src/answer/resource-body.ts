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
import type { Kept, Resources, Warn } from "../store/store.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import type { ValidRequest } from "./check-body.ts";
import { listPage } from "./list-page.ts";

/** What an operation does to resources that are there already. */
type RoleOnExisting = Reads | Lists | Changes | Removes;

/** Resources belong to the client that created them. */
export function ownerOf(client: string, { kind }: ResourceRole): string {
  return JSON.stringify([client, kind]);
}

/** A request to an operation on resources that are there already. */
export interface ResourceTask {
  readonly resources: Resources;
  readonly role: RoleOnExisting;
  readonly valid: ValidRequest;
  readonly draft: Draft;
  /** Makes the body that would be sent without knowing any resource. */
  readonly documented: () => Json | undefined;
  readonly warn: Warn;
}

/**
 * Does what `x-resource` says, to what was created before. Returns the body of the answer.
 * @throws Refusal when the ID belongs to no resource (404), or the resource is not as it has to be.
 */
export async function resourceBody(task: ResourceTask): Promise<Json> {
  const { resources, role, valid, draft, documented, warn } = task;
  const owner = ownerOf(valid.client, role);
  if (role.does === "list") {
    const all = await resources.list(owner);
    return listed(all, role, valid, draft, documented() ?? {});
  }
  const id = decodeParameter(valid.compiled.parametersOf(valid.path)[role.by] ?? "");
  const { at } = role;
  const answerWith = (resource: Json): Json =>
    at === "" ? resource : setAt(documented() ?? {}, at, resource);
  for (;;) {
    const found = await resources.find(owner, id);
    if (found === undefined) throw missing(role, id);
    if (role.does === "read") return answerWith(found.resource);
    const next = role.does === "remove" ? undefined : changed(found, role, valid, draft);
    if (await resources.change([{ found, next }], warn)) return answerWith((next ?? found).resource);
    // Another request has changed or removed it since: look again.
  }
}

function missing({ kind }: ResourceRole, id: string): Refusal {
  return refuse(404, "resource", `There is no ${kind} with the ID ${id}.`);
}

/** @throws Refusal where its state does not allow the change, or it was made as often as it can be. */
function changed(found: Kept, role: Changes, valid: ValidRequest, draft: Draft): Kept {
  const { guard, refusalStatus, operation } = valid.compiled;
  const state = guard === undefined ? undefined : getAt(found.resource, guard.state);
  if (guard?.from.every((allowed) => allowed !== state)) {
    const states = guard.from.join(", ");
    throw refuse(
      refusalStatus,
      "state",
      `The ${role.kind} ${found.id} is ${String(state)}. This is possible only while it is ${states}.`,
    );
  }
  const { most } = role;
  const times = (found.done[operation.id] ?? most?.done ?? 0) + 1;
  if (most !== undefined && times > most.times) {
    throw refuse(
      refusalStatus,
      "most",
      `The ${role.kind} ${found.id} has had this done ${most.times} times.`,
    );
  }
  const resource = change(found.resource, role, valid.json, draft);
  const done = most === undefined ? found.done : { ...found.done, [operation.id]: times };
  return { ...found, resource, done, size: JSON.stringify(resource).length };
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
  all: readonly Kept[],
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
