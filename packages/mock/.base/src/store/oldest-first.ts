/** Walks through a map from its oldest key on. */
export interface OldestFirst<Key> {
  /** The oldest key that is still there. */
  oldest(): Key | undefined;
}

/**
 * One walk that goes on from where it was: a new one would pass the places of all that was removed before. A key that is
 * set again has to be removed first.
 */
export function oldestFirst<Key>(map: ReadonlyMap<Key, unknown>): OldestFirst<Key> {
  let walk = map.keys();
  let current: Key | undefined;
  return {
    oldest() {
      if (current !== undefined && map.has(current)) return current;
      let next = walk.next();
      if (next.done) {
        // A walk that has come to its end does not see what is added later.
        walk = map.keys();
        next = walk.next();
      }
      current = next.value;
      return current;
    },
  };
}
