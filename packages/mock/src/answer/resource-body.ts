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
import type { ValidRequest } from "../check/check-body.ts";
import { asItIsNow, heldBy } from "../life/as-it-is-now.ts";
import { impossible } from "../life/make-move.ts";
import { isPossible, type PlannedMove, planMove, type World } from "../life/plan-move.ts";
import type { Draft } from "../sample/draft.ts";
import { decodeParameter } from "../spec/path-parameters.ts";
import type { Kept, Warn } from "../store/store.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import { listPage } from "./list-page.ts";

/** What an operation does to existing resources. */
type RoleOnExisting = Reads | Lists | Changes | Removes;

/** A request to an operation on existing resources. */
export interface ResourceTask {
  readonly world: World;
  /** Whose resources they are. */
  readonly owner: string;
  readonly role: RoleOnExisting;
  readonly valid: ValidRequest;
  readonly draft: Draft;
  /** Makes the body that would be sent if no resource were known. */
  readonly documented: () => Json | undefined;
  readonly warn: Warn;
}

/**
 * Applies `x-resource` to what was created before. Returns the body of the answer.
 * @throws Refusal if no resource has the ID (404), or if its state does not allow the operation.
 */
export async function resourceBody(task: ResourceTask): Promise<Json> {
  const { world, owner, role, valid, draft, documented, warn } = task;
  const { resources } = world;
  if (role.does === "list") {
    const kept = await resources.list(owner);
    const life = world.lives.get(role.kind);
    const holds = life !== undefined && heldBy(life).length > 0;
    const all = holds
      ? await Promise.all(kept.map(async (one) => ({ ...one, resource: await asItIsNow(world, one) })))
      : kept;
    return listed(all, role, valid, draft, documented() ?? {});
  }
  const id = decodeParameter(valid.compiled.parametersOf(valid.path)[role.by] ?? "");
  const { at } = role;
  const answerWith = (resource: Json): Json =>
    at === "" ? resource : setAt(documented() ?? {}, at, resource);
  for (;;) {
    const found = await resources.find(owner, id);
    if (found === undefined) throw missing(role, id);
    if (role.does === "read") return answerWith(await asItIsNow(world, found));
    if (role.does === "remove") {
      if (await resources.change([{ found, next: undefined }], warn)) return answerWith(found.resource);
    } else {
      const { next, changes, fired } = await changed(task, found, role);
      const { kept, send } = world.events.write(fired);
      if (await resources.change([...changes, ...kept], warn)) {
        send();
        return answerWith(next.resource);
      }
    }
    // Another request has changed or removed it in the meantime: look again.
  }
}

function missing({ kind }: ResourceRole, id: string): Refusal {
  return refuse(404, "resource", `There is no ${kind} with the ID ${id}.`);
}

/** @throws Refusal if its state does not allow the change, or if the change has reached its limit. */
async function changed(
  { world, valid, draft }: ResourceTask,
  found: Kept,
  role: Changes,
): Promise<PlannedMove> {
  const { refusalStatus, operation } = valid.compiled;
  const life = world.lives.get(role.kind);
  const move = role.move === undefined ? undefined : life?.move(role.move);
  if (life !== undefined && move !== undefined && !isPossible(life, move, found.resource)) {
    throw impossible(refusalStatus, life, move, found);
  }
  const { most } = role;
  const times = (found.done[operation.id] ?? most?.done ?? 0) + 1;
  if (most !== undefined && times > most.times) {
    throw refuse(
      refusalStatus,
      "most",
      `This was already done ${most.times} times to the ${role.kind} ${found.id}.`,
    );
  }
  const done = most === undefined ? found.done : { ...found.done, [operation.id]: times };
  const resource = change(found.resource, role, valid.json, draft);
  const next = { ...found, resource, done, size: JSON.stringify(resource).length };
  if (move === undefined) return { next, changes: [{ found, next }], fired: [] };
  const planned = await planMove(world, next, move);
  return { ...planned, changes: [{ found, next: planned.next }, ...planned.changes.slice(1)] };
}

/** Sent values are taken over if the documentation says so and the answer's schema allows it. */
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

/** How many resources a page has if neither the request nor the documentation says. */
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
