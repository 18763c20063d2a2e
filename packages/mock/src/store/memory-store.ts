import type { MockAnswer } from "../wire/answer.ts";
import { memoryResources } from "./memory-resources.ts";
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
  // One walk that goes on from where it was: a new one would pass all the places that the forgotten have left behind.
  let oldest = answers.keys();
  const forgetOldest = () => {
    while (answers.size > most || text > MOST_TEXT) {
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
      if (answers.size > most || text > MOST_TEXT) forgetOldest();
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
