import type { MockAnswer } from "../wire/answer.ts";
import type { Created, IdAndResource, Resources, Store } from "./store.ts";

/** How much a memory store keeps. */
export interface MemoryLimits {
  /** Of keys, and of the resources of an owner. */
  readonly count: number;
  /** Characters of all answers together, and as many of all resources. */
  readonly text: number;
}

const USUAL: MemoryLimits = { count: 20_000, text: 256 * 1_048_576 };

/**
 * Keeps keys and resources in the process, and leaves requests to the journal. When there are too many, or the answers
 * are too long together, the oldest are forgotten.
 */
export function memoryStore(limits: MemoryLimits = USUAL): Store {
  const answers = new Map<string, MockAnswer>();
  const resources = memoryResources(limits);
  let text = 0;
  // One walk that goes on from where it was: a new one would pass the places of all that was forgotten before.
  let oldest = answers.keys();
  const forgetOldest = () => {
    while (answers.size > limits.count || text > limits.text) {
      const { value: key, done } = oldest.next();
      if (done) return;
      text -= answers.get(key)?.body.length ?? 0;
      answers.delete(key);
    }
  };
  return {
    resources,
    find: (key) => answers.get(key),
    keep(key, answer, created) {
      const first = answers.get(key);
      if (first !== undefined) return first;
      answers.set(key, answer);
      if (created !== undefined) resources.add(created);
      text += answer.body.length;
      forgetOldest();
      return answer;
    },
    recorded: () => [],
    clear() {
      answers.clear();
      oldest = answers.keys();
      resources.clear();
      text = 0;
    },
    close: () => {},
  };
}

interface OwnedResources {
  readonly byId: Map<string, Created>;
  /** One walk here too. */
  readonly oldest: Iterator<string, undefined>;
}

function memoryResources(limits: MemoryLimits): Resources & { clear(): void } {
  const byOwner = new Map<string, OwnedResources>();
  let text = 0;
  const remove = (own: OwnedResources | undefined, id: string): boolean => {
    text -= own?.byId.get(id)?.size ?? 0;
    return own?.byId.delete(id) ?? false;
  };
  const put = (created: Created) => {
    let own = byOwner.get(created.owner);
    if (own === undefined) {
      const byId = new Map<string, Created>();
      own = { byId, oldest: byId.keys() };
      byOwner.set(created.owner, own);
    }
    text += created.size - (own.byId.get(created.id)?.size ?? 0);
    own.byId.set(created.id, created);
    // The oldest of whoever adds more. The newest stays: it is about to be told of.
    while (own.byId.size > 1 && (own.byId.size > limits.count || text > limits.text)) {
      const { value: oldest, done } = own.oldest.next();
      if (done) return;
      remove(own, oldest);
    }
  };
  return {
    find: (owner, id) => byOwner.get(owner)?.byId.get(id)?.resource,
    add: put,
    replace(created, found) {
      if (byOwner.get(created.owner)?.byId.get(created.id)?.resource !== found) return false;
      put(created);
      return true;
    },
    remove: (owner, id) => remove(byOwner.get(owner), id),
    list: (owner) =>
      [...(byOwner.get(owner)?.byId ?? [])]
        .reverse()
        .map(([id, { resource }]): IdAndResource => [id, resource]),
    clear() {
      byOwner.clear();
      text = 0;
    },
  };
}
