import { getAt, type Json, setAt } from "@dots-payouts/openapi";
import type { Life } from "../spec/lives.ts";
import { kindOf, siblingOf } from "../store/owner.ts";
import type { Kept } from "../store/store.ts";
import type { World } from "./plan-move.ts";

/** A resource with the current state of those it contains: what was created with it may have changed since. */
export async function asItIsNow({ lives, resources }: World, kept: Kept): Promise<Json> {
  const life = lives.get(kindOf(kept.owner));
  let { resource } = kept;
  for (const { kind, at } of life === undefined ? [] : heldBy(life)) {
    const held = lives.get(kind);
    const inside = getAt(resource, at);
    const id = held === undefined || inside === undefined ? undefined : getAt(inside, held.id);
    const now = typeof id === "string" ? await resources.find(siblingOf(kept.owner, kind), id) : undefined;
    if (now !== undefined) resource = setAt(resource, at, now.resource);
  }
  return resource;
}

/** Where a resource of this kind can contain others. */
export function heldBy({ cycle }: Life): readonly { readonly kind: string; readonly at: string }[] {
  const creations = [...cycle.creates, ...cycle.moves.flatMap(({ creates }) => creates)];
  return creations.flatMap(({ kind, at }) => (at === undefined ? [] : [{ kind, at }]));
}
