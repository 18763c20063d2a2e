import { refuse } from "../../wire/refusal.ts";
import { namespaceIn } from "../owner.ts";
import type { Kept, Resources, Warn } from "../store.ts";
import type { MemoryLimits } from "./limits.ts";
import { OwnedResources } from "./owned-resources.ts";

export interface MemoryResources extends Resources {
  add(created: readonly Kept[], warn: Warn): void;
  clear(namespace?: string): void;
}

export function memoryResources(limits: MemoryLimits): MemoryResources {
  const byOwner = new Map<string, OwnedResources>();
  let text = 0;
  const at = (owner: string, id: string) => byOwner.get(owner)?.get(id);
  const remove = ({ owner, id }: Kept) => {
    text -= at(owner, id)?.size ?? 0;
    byOwner.get(owner)?.delete(id);
  };
  const ownedBy = (owner: string): OwnedResources => {
    let own = byOwner.get(owner);
    if (own === undefined) {
      own = new OwnedResources();
      byOwner.set(owner, own);
    }
    return own;
  };
  const put = (kept: Kept, isNew: boolean, warn: Warn) => {
    const own = ownedBy(kept.owner);
    const before = isNew ? undefined : own.get(kept.id);
    if (before === undefined) {
      makeRoom(own, kept.size, warn);
      own.add(kept, isNew);
    } else own.set(kept);
    text += kept.size - (before?.size ?? 0);
  };
  /** Drops the oldest resources of the owner who adds more. */
  const makeRoom = (own: OwnedResources, size: number, warn: Warn) => {
    while (own.size > 0 && (own.size >= limits.count || text + size > limits.text)) {
      if (limits.strict) throw refuse(503, "memory", FULL);
      warn({ path: "", code: "memory", message: FORGOTTEN });
      text -= own.dropOldest()?.size ?? 0;
    }
  };
  const add = (created: readonly Kept[], warn: Warn) => {
    for (const kept of created) put(kept, kept.isNew === true, warn);
  };
  return {
    find: at,
    add,
    change(changes, warn) {
      const isAsFound = changes.every(
        ({ found }) => found === undefined || at(found.owner, found.id) === found,
      );
      if (!isAsFound) return false;
      for (const { found, next } of changes) {
        if (next !== undefined) put(next, found === undefined && next.isNew === true, warn);
        else if (found !== undefined) remove(found);
      }
      return true;
    },
    list: (owner) => byOwner.get(owner)?.list() ?? [],
    named(id) {
      for (const own of byOwner.values()) {
        const kept = own.get(id);
        if (kept !== undefined) return kept;
      }
      return undefined;
    },
    all: () => [...byOwner.values()].flatMap((own) => own.list()),
    clear(namespace) {
      for (const [owner, own] of byOwner) {
        if (namespace !== undefined && namespaceIn(owner) !== namespace) continue;
        for (const { size } of own.list()) text -= size;
        byOwner.delete(owner);
      }
    },
  };
}

const FULL = "The memory of the mock is full of resources. Reset it, or start it with a store (--store).";
const FORGOTTEN =
  "The memory of the mock is full: it has dropped the oldest resource. Start it with a store (--store).";
