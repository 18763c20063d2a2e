import type { MockAnswer } from "./message.ts";
import type { Store } from "./store.ts";

/** Keeps keys in the process, and leaves requests to the journal. Of more than `most` keys, the oldest are forgotten. */
export function memoryStore(most: number = 100_000): Store {
  const answers = new Map<string, MockAnswer>();
  return {
    find: (key) => answers.get(key),
    keep(key, answer) {
      const first = answers.get(key);
      if (first !== undefined) return first;
      answers.set(key, answer);
      const [oldest] = answers.size > most ? answers.keys() : [];
      if (oldest !== undefined) answers.delete(oldest);
      return answer;
    },
    record: () => {},
    recorded: () => [],
    clear: () => answers.clear(),
    close: () => {},
  };
}
