import type { MockAnswer } from "./message.ts";

/** What the mock remembers of the API it plays. A store decides alone which of two answers for a key came first. */
export interface Store {
  /** The answer that a key was given, or `undefined` for a new key. */
  find(key: string): Promise<MockAnswer | undefined> | MockAnswer | undefined;
  /** Keeps the answer for a key that has none yet. Returns the answer that counts: this one, or an earlier one. */
  keep(key: string, answer: MockAnswer): Promise<MockAnswer> | MockAnswer;
  /** Forgets everything. */
  clear(): Promise<void> | void;
  close(): Promise<void> | void;
}

/** Keeps everything in the process. When there are more than `most` keys, the oldest are forgotten. */
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
    clear: () => answers.clear(),
    close: () => {},
  };
}
