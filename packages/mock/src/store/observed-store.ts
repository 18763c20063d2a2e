import type { Change, Store } from "./store.ts";

/** A store that reports changes of resources once they are stored. */
export function observedStore(store: Store, told: (changes: readonly Change[]) => void): Store {
  const { resources } = store;
  return {
    ...store,
    resources: {
      ...resources,
      change(changes, warn) {
        const made = resources.change(changes, warn);
        const tell = (isMade: boolean) => {
          if (isMade) told(changes);
          return isMade;
        };
        return made instanceof Promise ? made.then(tell) : tell(made);
      },
    },
    keep(key, first, created, warn) {
      const kept = store.keep(key, first, created, warn);
      const tell = (counts: typeof first) => {
        // Otherwise another request with the key was first.
        if (counts.answer === first.answer) told(created.map((next) => ({ found: undefined, next })));
        return counts;
      };
      return kept instanceof Promise ? kept.then(tell) : tell(kept);
    },
  };
}
