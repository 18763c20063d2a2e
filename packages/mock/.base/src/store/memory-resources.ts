import { refuse } from "../wire/refusal.ts";
import type { MemoryLimits } from "./memory-limits.ts";
import { type OldestFirst, oldestFirst } from "./oldest-first.ts";
import type { Kept, Resources, Warn } from "./store.ts";

interface Owned {
  readonly byId: Map<string, Kept>;
  readonly walk: OldestFirst<string>;
}

export interface MemoryResources extends Resources {
  add(created: readonly Kept[], warn: Warn): void;
  clear(): void;
}

export function memoryResources(limits: MemoryLimits): MemoryResources {
  const byOwner = new Map<string, Owned>();
  let text = 0;
  const at = (owner: string, id: string) => byOwner.get(owner)?.byId.get(id);
  const remove = ({ owner, id }: Kept) => {
    text -= at(owner, id)?.size ?? 0;
    byOwner.get(owner)?.byId.delete(id);
  };
  const ownedBy = (owner: string): Owned => {
    const known = byOwner.get(owner);
    if (known !== undefined) return known;
    const byId = new Map<string, Kept>();
    const own = { byId, walk: oldestFirst(byId) };
    byOwner.set(owner, own);
    return own;
  };
  const put = (kept: Kept, warn: Warn) => {
    const own = ownedBy(kept.owner);
    const before = own.byId.get(kept.id);
    if (before === undefined) makeRoom(own, kept.size, warn);
    text += kept.size - (before?.size ?? 0);
    own.byId.set(kept.id, kept);
  };
  /** The oldest go of the owner who adds more. */
  const makeRoom = ({ byId, walk }: Owned, size: number, warn: Warn) => {
    while (byId.size > 0 && (byId.size >= limits.count || text + size > limits.text)) {
      const oldest = walk.oldest();
      const kept = oldest === undefined ? undefined : byId.get(oldest);
      if (kept === undefined) return;
      if (limits.strict) throw refuse(503, "memory", FULL);
      warn({ path: "", code: "memory", message: FORGOTTEN });
      remove(kept);
    }
  };
  const add = (created: readonly Kept[], warn: Warn) => {
    for (const kept of created) put(kept, warn);
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
        if (next !== undefined) put(next, warn);
        else if (found !== undefined) remove(found);
      }
      return true;
    },
    list: (owner) => [...(byOwner.get(owner)?.byId.values() ?? [])].reverse(),
    named(id) {
      for (const { byId } of byOwner.values()) {
        const kept = byId.get(id);
        if (kept !== undefined) return kept;
      }
      return undefined;
    },
    all: () => [...byOwner.values()].flatMap(({ byId }) => [...byId.values()].reverse()),
    clear() {
      byOwner.clear();
      text = 0;
    },
  };
}

const FULL = "The memory of the mock is full of resources. Reset it, or start it with a store (--store).";
const FORGOTTEN =
  "The memory of the mock is full: it has forgotten the oldest resource. Start it with a store (--store).";
