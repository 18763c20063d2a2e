import { successResponses } from "@dots-payouts/openapi";
import type { Location, Place, RuleContext } from "./redocly.ts";

export type Node = Readonly<Record<string, unknown>>;

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The place under these keys, even if there is nothing. */
export function childOf(place: Place, ...keys: (string | number)[]): Place {
  let node = place.node;
  for (const key of keys) {
    if (Array.isArray(node)) node = node[Number(key)];
    else node = isNode(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return new Child(node, place, keys);
}

/** Rules look at many places and report few, so a location is only made when somebody asks for it. */
class Child implements Place {
  readonly node: unknown;
  readonly #parent: Place;
  readonly #keys: readonly (string | number)[];
  #location: Location | undefined;

  constructor(node: unknown, parent: Place, keys: readonly (string | number)[]) {
    this.node = node;
    this.#parent = parent;
    this.#keys = keys;
  }

  get location(): Location {
    this.#location ??= this.#parent.location.child(this.#keys);
    return this.#location;
  }
}

/** The places under the keys of an object, by key. */
export function childrenOf(place: Place): [string, Place][] {
  return isNode(place.node) ? Object.keys(place.node).map((key) => [key, childOf(place, key)]) : [];
}

/** Every node from a reference to its target: first the given one, last the target. */
export function hops(place: Place, context: RuleContext): Place[] {
  if (!isNode(place.node) || typeof place.node["$ref"] !== "string") return [place];
  const { node, location, chain = [] } = context.resolve(place.node, place.location.source.absoluteRef);
  return location === undefined || node === undefined ? [place] : [place, ...chain, { node, location }];
}

/** Whether a reference leads nowhere. Redocly reports that; follow-up errors would only hide the cause. */
export function isUnresolved(place: Place, context: RuleContext): boolean {
  const end = hops(place, context).at(-1)?.node;
  return isNode(end) && typeof end["$ref"] === "string";
}

/** The target of a place after following references. */
export function meaningOf(place: Place, context: RuleContext): Place {
  return hops(place, context).at(-1) ?? place;
}

/** The media types of a request body or response, followed, by name. */
export function mediaTypesOf(owner: Place, context: RuleContext): [string, Place][] {
  return childrenOf(childOf(owner, "content")).map(([type, media]) => [type, meaningOf(media, context)]);
}

/** The responses of an operation that document success, by status; references are not followed. */
export function successesOf(operation: Place): [string, Place][] {
  const responses = childrenOf(childOf(operation, "responses"));
  return successResponses(responses.map(([status, place]) => ({ status, place }))).map(
    ({ status, place }) => [status, place],
  );
}
