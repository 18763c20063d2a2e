/** Iterates over a map from its oldest key. */
export interface OldestFirst<Key> {
  /** The oldest remaining key. */
  oldest(): Key | undefined;
}

/**
 * One iterator that continues from where it was: a new one would rescan deleted slots. A key must be deleted before it
 * is set again.
 */
export function oldestFirst<Key>(map: ReadonlyMap<Key, unknown>): OldestFirst<Key> {
  let walk = map.keys();
  let current: Key | undefined;
  return {
    oldest() {
      if (current !== undefined && map.has(current)) return current;
      let next = walk.next();
      if (next.done) {
        // A finished iterator does not see what is added later.
        walk = map.keys();
        next = walk.next();
      }
      current = next.value;
      return current;
    },
  };
}
