import { memoize } from "@dots-payouts/openapi";

/** Under what resources are kept together: those of one kind, of one namespace. */
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

/** One client goes on making the same kind of thing, and looking up a text that was just put together is slow. */
let last: { readonly owner: string; readonly siblings: Map<string, string> } = {
  owner: "",
  siblings: new Map(),
};

const encodedKind = memoize((kind: string) => encodeURIComponent(kind));

/** The kind under which deliveries of events are kept. No name in a spec begins with `#`. */
export const DELIVERIES = "#deliveries";
