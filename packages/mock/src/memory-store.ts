import type { MockAnswer } from "./message.ts";
import { memoryResources } from "./resources.ts";
import type { Store } from "./store.ts";

/**
 * Keeps keys and resources in the process, and leaves requests to the journal. Of more than `most` keys, or resources of
 * an owner, the oldest are forgotten.
 */
export function memoryStore(most: number = 100_000): Store {
  const answers = new Map<string, MockAnswer>();
  const resources = memoryResources(most);
  return {
    resources,
    find: (key) => answers.get(key),
    keep(key, answer, created) {
      const first = answers.get(key);
      if (first !== undefined) return first;
      answers.set(key, answer);
      if (created !== undefined) resources.add(created);
      const [oldest] = answers.size > most ? answers.keys() : [];
      if (oldest !== undefined) answers.delete(oldest);
      return answer;
    },
    record: () => {},
    recorded: () => [],
    clear() {
      answers.clear();
      resources.clear();
    },
    close: () => {},
  };
}
