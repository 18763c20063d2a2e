import { type Creation, getAt, type Json, removeAt, setAt } from "@dots-payouts/openapi";
import type { FreshValues } from "../sample/fresh-values.ts";
import type { Kept } from "../store/store.ts";
import { type Life, type Lives, withState } from "./lives.ts";
import { siblingOf } from "./owner.ts";

const NEVER: Kept["done"] = {};

/** A resource that comes with another one. */
export interface Companion {
  readonly kept: Kept;
  /** The events that its first state fires. */
  readonly fires: readonly string[];
}

/** The resources that a creation of `x-states` makes for the one that they belong to, which has an ID for each already. */
export function companionsOf(
  lives: Lives,
  creations: readonly Creation[],
  owner: string,
  resource: Json,
  fresh: FreshValues,
): readonly Companion[] {
  return creations.flatMap((creation) => {
    const life = lives.get(creation.kind);
    if (life === undefined) return [];
    const given = creation.id === undefined ? undefined : getAt(resource, creation.id);
    const id = typeof given === "string" ? given : fresh.uuid();
    const kept = new LateResource(siblingOf(owner, creation.kind), id, fresh.now(), (time) =>
      make(life, creation, id, resource, { uuid: () => fresh.uuid(), now: () => time }),
    );
    const first = life.cycle.initial.find(({ state }) => state === creation.state);
    return [{ kept, fires: first?.fires ?? [] }];
  });
}

/**
 * A resource whose JSON is made when somebody looks at it: most are never looked at, and making it would cost each request
 * as much as its own resource.
 */
class LateResource implements Kept {
  readonly owner: string;
  readonly id: string;
  readonly done: Kept["done"] = NEVER;
  readonly size = 512;
  readonly #time: string;
  readonly #make: (time: string) => Json;
  #made: Json | undefined;

  constructor(owner: string, id: string, time: string, make: (time: string) => Json) {
    this.owner = owner;
    this.id = id;
    this.#time = time;
    this.#make = make;
  }

  get resource(): Json {
    this.#made ??= this.#make(this.#time);
    return this.#made;
  }
}

function make(
  life: Life,
  { state, sets, takes }: Creation,
  id: string,
  from: Json,
  fresh: FreshValues,
): Json {
  let made = setAt(withState(life, life.blank(fresh), state), life.id, id);
  for (const { pointer, value } of sets) made = setAt(made, pointer, value);
  for (const taken of takes) {
    const value = getAt(from, taken.from);
    const part = typeof value === "number" && taken.share < 1 ? Math.floor(value * taken.share) : value;
    made = part === undefined ? removeAt(made, taken.pointer) : setAt(made, taken.pointer, part);
  }
  return made;
}
