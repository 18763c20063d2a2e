import type { Json } from "@dots-payouts/openapi";
import { type Lives, stateOf } from "../spec/lives.ts";
import { kindOf } from "../store/owner.ts";
import type { Kept } from "../store/store.ts";
import { isPossible } from "./plan-move.ts";

/** A resource that the mock knows, with its possible moves. */
export interface KnownResource {
  /** The kind of resource, as named in the spec's states. */
  readonly kind: string;
  /** Its ID in the API. */
  readonly id: string;
  /** Its state; `undefined` if the kind has no states. */
  readonly state: string | undefined;
  /** The moves that it can make from this state. */
  readonly moves: readonly {
    readonly name: string;
    readonly by: string;
    readonly summary: string | undefined;
  }[];
  /** The resource as a request would currently read it. */
  readonly resource: Json;
}

export function knownResource(lives: Lives, { owner, id, resource }: Kept): KnownResource {
  const kind = kindOf(owner);
  const life = lives.get(kind);
  if (life === undefined) return { kind, id, state: undefined, moves: [], resource };
  const moves = life.cycle.moves
    .filter((move) => isPossible(life, move, resource))
    .map(({ name, by, summary }) => ({ name, by, summary }));
  return { kind, id, state: stateOf(life, resource), moves, resource };
}
