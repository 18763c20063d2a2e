import { memoize } from "@dots-payouts/openapi";

/** The key for resources that are stored together: those of one kind and namespace. */
export function ownerOf(kind: string, namespace: string): string {
  return `${encodedKind(kind)}:${namespace}`;
}

export function kindOf(owner: string): string {
  return decodeURIComponent(owner.slice(0, owner.indexOf(":")));
}

export function namespaceIn(owner: string): string {
  return owner.slice(owner.indexOf(":") + 1);
}

/** The owner of resources of another kind in the same namespace. */
export function siblingOf(owner: string, kind: string): string {
  if (owner !== last.owner) last = { owner, siblings: new Map() };
  let sibling = last.siblings.get(kind);
  if (sibling === undefined) {
    sibling = ownerOf(kind, namespaceIn(owner));
    last.siblings.set(kind, sibling);
  }
  return sibling;
}

/** Cached: a client keeps creating the same kind of resource, and looking up a freshly built string is slow. */
let last: { readonly owner: string; readonly siblings: Map<string, string> } = {
  owner: "",
  siblings: new Map(),
};

const encodedKind = memoize((kind: string) => encodeURIComponent(kind));

/** The kind under which event deliveries are stored. No name in a spec starts with `#`. */
export const DELIVERIES = "#deliveries";
