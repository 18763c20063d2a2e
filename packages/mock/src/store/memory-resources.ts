import type { Json } from "@dots-payouts/openapi";

/** A resource that a request has created. */
export interface Created {
  /** Whose it is, and of what kind. */
  readonly owner: string;
  readonly id: string;
  readonly resource: Json;
}

/** The resources that were created, where a store keeps them. */
export interface Resources {
  find(owner: string, id: string): Promise<Json | undefined> | Json | undefined;
  add(created: Created): Promise<void> | void;
  /** Puts a resource in the place of what was found there. Returns whether that was there still. */
  replace(created: Created, found: Json): Promise<boolean> | boolean;
  /** Returns whether there was anything to remove. */
  remove(owner: string, id: string): Promise<boolean> | boolean;
  /** From the newest to the oldest, with their IDs. */
  list(owner: string): Promise<readonly IdAndResource[]> | readonly IdAndResource[];
}

export type IdAndResource = readonly [id: string, resource: Json];

/** Keeps resources in the process. When there are more than `most` of an owner, the oldest are forgotten. */
export function memoryResources(most: number): Resources & { clear(): void } {
  const byOwner = new Map<string, Kept>();
  const put = ({ owner, id, resource }: Created) => {
    let own = byOwner.get(owner);
    if (own === undefined) {
      const resources = new Map<string, Json>();
      own = { resources, oldest: resources.keys() };
      byOwner.set(owner, own);
    }
    own.resources.set(id, resource);
    if (own.resources.size <= most) return;
    const { value: oldest, done } = own.oldest.next();
    if (!done) own.resources.delete(oldest);
  };
  return {
    find: (owner, id) => byOwner.get(owner)?.resources.get(id),
    add: put,
    replace(created, found) {
      if (byOwner.get(created.owner)?.resources.get(created.id) !== found) return false;
      put(created);
      return true;
    },
    remove: (owner, id) => byOwner.get(owner)?.resources.delete(id) ?? false,
    list: (owner) => [...(byOwner.get(owner)?.resources ?? [])].reverse(),
    clear: () => byOwner.clear(),
  };
}

interface Kept {
  readonly resources: Map<string, Json>;
  /** One walk that goes on from where it was: a new one would pass all the places that the forgotten have left behind. */
  readonly oldest: Iterator<string, undefined>;
}
