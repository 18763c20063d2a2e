import { getAt, type Json, type Move, setAt } from "@dots-payouts/openapi";
import { type FreshValues, generator } from "../sample/fresh-values.ts";
import { type Life, type Lives, stateOf } from "../spec/lives.ts";
import { siblingOf } from "../store/owner.ts";
import type { Change, Kept, Resources } from "../store/store.ts";
import { companionsOf, firstEvents } from "./creations.ts";
import type { Events } from "./events.ts";
import type { Fired } from "./fired.ts";

/** What a move needs of the mock. */
export interface World {
  readonly lives: Lives;
  readonly resources: Resources;
  readonly fresh: FreshValues;
  readonly events: Events;
}

/** All effects of a move. */
export interface PlannedMove {
  readonly next: Kept;
  readonly changes: readonly Change[];
  readonly fired: readonly Fired[];
}

/** Whether a move can be made from a resource's current state. */
export function isPossible(life: Life, move: Move, resource: Json): boolean {
  return move.from.includes(stateOf(life, resource));
}

/** Computes the effects of a move, on other resources too, without applying them. */
export async function planMove(world: World, found: Kept, move: Move): Promise<PlannedMove> {
  const { lives, resources, fresh } = world;
  let resource = move.sets.reduce<Json>(
    (json, { pointer, value }) => setAt(json, pointer, value),
    found.resource,
  );
  for (const { pointer, rule } of move.generates) resource = setAt(resource, pointer, generator(rule)(fresh));
  const companions = companionsOf(
    lives,
    move.creates,
    { owner: found.owner, resource, kept: { resource }, isNew: false },
    fresh,
  );
  for (const [index, { id, at }] of move.creates.entries()) {
    const kept = companions[index];
    if (kept === undefined) continue;
    if (id !== undefined) resource = setAt(resource, id, kept.id);
    if (at !== undefined) resource = setAt(resource, at, kept.resource);
  }
  const next = { ...found, resource, size: JSON.stringify(resource).length };
  const related: PlannedMove[] = [];
  for (const { kind, id, move: name } of move.moves) {
    const other = getAt(resource, id);
    const life = lives.get(kind);
    const its = life?.move(name);
    const kept =
      typeof other === "string" ? await resources.find(siblingOf(found.owner, kind), other) : undefined;
    if (life === undefined || its === undefined || kept === undefined) continue;
    if (isPossible(life, its, kept.resource)) related.push(await planMove(world, kept, its));
  }
  const created = companions.map((kept) => ({ found: undefined, next: kept }));
  return {
    next,
    changes: [{ found, next }, ...created, ...related.flatMap(({ changes }) => changes)],
    fired: [
      ...move.fires.map((event) => ({ event, kept: next })),
      ...firstEvents(lives, companions),
      ...related.flatMap(({ fired }) => fired),
    ],
  };
}
