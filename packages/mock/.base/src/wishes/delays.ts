/** Delays of answers, by the timers of the test around the mock where it has its own. They can be cut short all at once. */
export interface Delays {
  wait(milliseconds: number): Promise<void>;
  /** Ends every wait, those to come too. */
  end(): void;
}

export function createDelays(): Delays {
  const waiting = new Set<() => void>();
  let ended = false;
  return {
    wait(milliseconds) {
      if (ended) return Promise.resolve();
      return new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = setTimeout(go, milliseconds);
        waiting.add(go);
      });
    },
    end() {
      ended = true;
      for (const go of waiting) go();
    },
  };
}
