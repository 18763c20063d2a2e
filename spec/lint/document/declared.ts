import { childOf, childrenOf, isNode } from "./place.ts";
import type { Place, RuleContext } from "./redocly.ts";

/** What a description declares in one place and refers to in others. Complete once everything has been visited. */
export class Declared {
  readonly #cycles = new Map<unknown, Place>();
  #events: readonly string[] = [];

  /** Records the events; called with the root. */
  noteEvents(root: Place): void {
    this.#events = childrenOf(childOf(root, "webhooks")).map(([name]) => name);
  }

  /**
   * Records the life cycle of a kind of resource; called with every schema. Returns whether the kind already has one.
   */
  noteSchema(node: unknown, { location }: RuleContext): boolean {
    const schema = { node, location };
    const cycle = childOf(schema, "x-states");
    if (!isNode(cycle.node)) return false;
    const { kind } = cycle.node;
    const other = this.#cycles.get(kind);
    if (other === undefined) this.#cycles.set(kind, schema);
    // A schema is visited once for each path that leads to it.
    return other !== undefined && other.node !== node;
  }

  get kinds(): string[] {
    return [...this.#cycles.keys()].map(String);
  }

  get events(): readonly string[] {
    return this.#events;
  }

  /** The schema of the resources of a kind that has a life cycle. */
  schemaOf(kind: unknown): Place | undefined {
    return this.#cycles.get(kind);
  }

  movesOf(kind: unknown): string[] {
    const schema = this.schemaOf(kind);
    return schema === undefined ? [] : namesIn(childOf(schema, "x-states", "moves"));
  }

  /** The kinds that others create. */
  get created(): unknown[] {
    return [...this.#cycles.values()].flatMap((schema) => {
      const cycle = childOf(schema, "x-states");
      const owners = [cycle, ...childrenOf(childOf(cycle, "moves")).map(([, move]) => move)];
      return owners
        .flatMap((owner) => itemsOf(childOf(owner, "creates")))
        .map((item) => childOf(item, "kind").node);
    });
  }
}

/** The names in a map of an extension. */
export function namesIn(map: Place): string[] {
  return childrenOf(map)
    .map(([name]) => name)
    .filter((name) => name !== "x-assumption");
}

/** The places in a list. */
export function itemsOf(list: Place): Place[] {
  return Array.isArray(list.node) ? [...list.node.keys()].map((index) => childOf(list, index)) : [];
}
