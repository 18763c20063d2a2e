/** Delays of answers, using the test's fake timers if there are any. All can be ended at once. */
export interface Delays {
  wait(milliseconds: number): Promise<void>;
  /** Ends every wait, including future ones. */
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
