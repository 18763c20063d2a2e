import type { Json } from "@dots-payouts/openapi";

/** The resources that were created, by who created them and what kind they are. */
export interface Remembered {
  find(owner: string, id: string): Json | undefined;
  /** Keeps a resource, in the place of one with the same ID. */
  keep(owner: string, id: string, resource: Json): void;
  remove(owner: string, id: string): void;
  /** From the newest to the oldest, with their IDs. */
  list(owner: string): readonly (readonly [id: string, resource: Json])[];
  clear(): void;
}

/** When there are more than `most` resources of an owner, the oldest are forgotten. */
export function rememberedResources(most: number = 100_000): Remembered {
  const byOwner = new Map<string, Map<string, Json>>();
  return {
    find: (owner, id) => byOwner.get(owner)?.get(id),
    keep(owner, id, resource) {
      const own = byOwner.get(owner) ?? new Map<string, Json>();
      byOwner.set(owner, own);
      own.set(id, resource);
      const [oldest] = own.size > most ? own.keys() : [];
      if (oldest !== undefined) own.delete(oldest);
    },
    remove: (owner, id) => void byOwner.get(owner)?.delete(id),
    list: (owner) => [...(byOwner.get(owner) ?? [])].reverse(),
    clear: () => byOwner.clear(),
  };
}
