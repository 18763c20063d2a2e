import { type Creation, getAt, type Json, removeAt, setAt } from "@dots-payouts/openapi";
import { tokensOf, valueAt } from "../sample/fill-example.ts";
import type { FreshValues } from "../sample/fresh-values.ts";
import { type Life, type Lives, stateOf, withState } from "../spec/lives.ts";
import { kindOf, siblingOf } from "../store/owner.ts";
import type { Kept } from "../store/store.ts";
import type { Fired } from "./fired.ts";

/** What others are created for. */
export interface Origin {
  readonly owner: string;
  readonly resource: Json;
  /** The same, read later. */
  readonly kept: Pick<Kept, "resource">;
  /** Whether the IDs in it were generated for it. */
  readonly isNew: boolean;
}

/** The resources that `creates` in `x-states` makes for their parent, which may have an ID for each. */
export function companionsOf(
  lives: Lives,
  creations: readonly Creation[],
  origin: Origin,
  fresh: FreshValues,
): Kept[] {
  const made: Kept[] = [];
  for (const creation of creations) {
    const life = lives.get(creation.kind);
    if (life !== undefined) made.push(new LateResource(life, creation, origin, fresh));
  }
  return made;
}

const NEVER: Kept["done"] = {};

/**
 * A resource whose JSON is created on demand: most are never read, and creating it would cost each request as much as
 * its own resource.
 */
class LateResource implements Kept {
  readonly owner: string;
  readonly id: string;
  readonly done: Kept["done"] = NEVER;
  readonly size = 512;
  readonly isNew: boolean;
  readonly #life: Life;
  readonly #creation: Creation;
  readonly #from: Pick<Kept, "resource">;
  readonly #fresh: FreshValues;
  readonly #time: string;
  #made: Json | undefined;

  constructor(life: Life, creation: Creation, origin: Origin, fresh: FreshValues) {
    this.isNew = creation.id === undefined || origin.isNew;
    const given = creation.id === undefined ? undefined : valueAt(origin.resource, tokensOf(creation.id));
    this.owner = siblingOf(origin.owner, creation.kind);
    this.id = typeof given === "string" ? given : fresh.uuid();
    this.#life = life;
    this.#creation = creation;
    this.#from = origin.kept;
    this.#fresh = fresh;
    this.#time = fresh.now();
  }

  get resource(): Json {
    this.#made ??= this.#make();
    return this.#made;
  }

  #make(): Json {
    const { state, sets, takes } = this.#creation;
    const blank = this.#life.blank({ uuid: () => this.#fresh.uuid(), now: () => this.#time });
    let made = setAt(withState(this.#life, blank, state), this.#life.id, this.id);
    for (const { pointer, value } of sets) made = setAt(made, pointer, value);
    for (const { pointer, from, share } of takes) {
      const value = getAt(this.#from.resource, from);
      const part = typeof value === "number" && share < 1 ? Math.floor(value * share) : value;
      made = part === undefined ? removeAt(made, pointer) : setAt(made, pointer, part);
    }
    return made;
  }
}

/** The events that the initial states of resources fire. */
export function firstEvents(lives: Lives, created: readonly Kept[]): readonly Fired[] {
  return created.flatMap((kept) => {
    const life = lives.get(kindOf(kept.owner));
    if (life === undefined) return [];
    const first = life.cycle.initial.find(({ state }) => state === stateOf(life, kept.resource));
    return (first?.fires ?? []).map((event) => ({ event, kept }));
  });
}
