import { refuse } from "../../wire/refusal.ts";
import type { First, Store, Warn } from "../store.ts";
import type { MemoryLimits } from "./limits.ts";
import { oldestFirst } from "./oldest-first.ts";
import { memoryResources } from "./resources.ts";

const USUAL: MemoryLimits = { count: 20_000, text: 256 * 1_048_576, strict: false };

interface KeptKey extends First {
  readonly namespace: string;
  readonly until: number | undefined;
}

/**
 * Keeps keys and resources in the process, and leaves requests to the journal. Expired keys make room; if that is not
 * enough, the oldest are dropped with a warning, or nothing new is accepted.
 */
export function memoryStore(limits: Partial<MemoryLimits> = {}): Store {
  const all = { ...USUAL, ...limits };
  const keys = new Map<string, KeptKey>();
  const walk = oldestFirst(keys);
  const resources = memoryResources(all);
  let text = 0;
  const drop = (name: string) => {
    text -= sizeOf(keys.get(name));
    keys.delete(name);
  };
  /** Makes room for one more. The newest stays, because it is about to be reported. */
  const makeRoom = (size: number, now: number, warn: Warn) => {
    while (keys.size > 0 && (keys.size >= all.count || text + size > all.text)) {
      const name = walk.oldest();
      if (name === undefined) return;
      const { until } = keys.get(name) ?? {};
      const isOver = until !== undefined && until <= now;
      if (!isOver && all.strict) throw refuse(503, "memory", FULL);
      if (!isOver) warn({ path: "", code: "memory", message: FORGOTTEN });
      drop(name);
    }
  };
  return {
    resources,
    find({ text: name, now }) {
      const kept = keys.get(name);
      return kept === undefined || (kept.until !== undefined && kept.until <= now) ? undefined : kept;
    },
    keep({ text: name, namespace, now, until }, first, created, warn) {
      const earlier = keys.get(name);
      if (earlier !== undefined && (earlier.until === undefined || earlier.until > now)) return earlier;
      if (earlier !== undefined) drop(name);
      const kept = { ...first, namespace, until };
      const size = sizeOf(kept);
      makeRoom(size, now, warn);
      if (created.length > 0) resources.add(created, warn);
      keys.set(name, kept);
      text += size;
      return kept;
    },
    recorded: () => [],
    nameOf: (namespace) => namespace,
    clear(namespace) {
      if (namespace !== undefined) {
        for (const [name, kept] of keys) if (kept.namespace === namespace) drop(name);
        resources.clear(namespace);
        return;
      }
      keys.clear();
      resources.clear();
      text = 0;
    },
    close: () => {},
  };
}

const FULL =
  "The memory of the mock is full of keys that are still valid. Reset it, or start it with a store (--store).";
const FORGOTTEN =
  "The memory of the mock is full: it has dropped the oldest key, which was still valid. Start it with a store (--store).";

function sizeOf(kept: First | undefined): number {
  return kept === undefined ? 0 : kept.answer.body.length + kept.request.length;
}
