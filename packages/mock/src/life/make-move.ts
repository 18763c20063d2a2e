import type { Move } from "@dots-payouts/openapi";
import { type Life, stateOf } from "../spec/lives.ts";
import { kindOf } from "../store/owner.ts";
import type { Change, Kept } from "../store/store.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import { isPossible, planMove, type World } from "./plan-move.ts";

/** A resource after a move. */
export interface MadeMove {
  readonly kept: Kept;
  readonly changes: readonly Change[];
}

/**
 * Makes a move of a resource (`x-states`), no matter who makes it in production, and sends its events.
 * @throws Refusal if there is no such resource or move (404), or its state does not allow it (409).
 */
export async function makeMove(world: World, id: string, name: string): Promise<MadeMove> {
  for (;;) {
    const found = await world.resources.named(id);
    if (found === undefined) throw refuse(404, "resource", `There is no resource with the ID ${id}.`);
    const kind = kindOf(found.owner);
    const life = world.lives.get(kind);
    const move = life?.move(name);
    if (life === undefined || move === undefined) {
      const names = life?.cycle.moves.map((known) => known.name).join(", ") ?? "none";
      throw refuse(404, "move", `A ${kind} has no move ${name}. Available: ${names}.`);
    }
    if (!isPossible(life, move, found.resource)) throw impossible(409, life, move, found);
    const { next, changes, fired } = await planMove(world, found, move);
    const { kept, send } = world.events.write(fired);
    if (await world.resources.change([...changes, ...kept], () => {})) {
      send();
      return { kept: next, changes };
    }
    // It was changed in the meantime: look again.
  }
}

/** Why a move cannot be made. */
export function impossible(
  status: number,
  life: Life,
  { from }: Move,
  { owner, id, resource }: Kept,
): Refusal {
  const states = from.join(", ");
  const message = `The ${kindOf(owner)} ${id} is ${stateOf(life, resource)}. This is only possible while it is ${states}.`;
  return refuse(status, "state", message);
}
