import type { MockAnswer } from "./message.ts";
import { memoryResources } from "./resources.ts";
import type { Store } from "./store.ts";

/** Characters of all answers together that are kept. */
const MOST_TEXT = 256 * 1_048_576;

/**
 * Keeps keys and resources in the process, and leaves requests to the journal. When there are more than `most` keys, or
 * resources of an owner, or the answers are too long together, the oldest are forgotten.
 */
export function memoryStore(most: number = 20_000): Store {
  const answers = new Map<string, MockAnswer>();
  const resources = memoryResources(most);
  let text = 0;
  const forgetOldest = () => {
    for (const [key, { body }] of answers) {
      if (answers.size <= most && text <= MOST_TEXT) return;
      answers.delete(key);
      text -= body.length;
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
      if (answers.size > most || text > MOST_TEXT) forgetOldest();
      return answer;
    },
    record: () => {},
    recorded: () => [],
    clear() {
      answers.clear();
      resources.clear();
      text = 0;
    },
    close: () => {},
  };
}
