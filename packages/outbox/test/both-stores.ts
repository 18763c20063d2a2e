import { afterAll, describe, inject } from "vitest";
import { Bench } from "./api/bench.ts";
import type { FakeOptions } from "./api/fake-api.ts";
import { movablePlaces } from "./postgres/places.ts";
import { sharedServer } from "./postgres/servers.ts";

/** Starts a bench with one of the stores. */
type Start = (options?: FakeOptions) => Promise<Bench>;

/**
 * Defines the same tests for a store in a file and one in PostgreSQL.
 * @param options `isSampled`: only in a file, except in the full run
 */
export function inBothStores(
  define: (start: Start) => void,
  { isSampled = false }: { readonly isSampled?: boolean } = {},
): void {
  describe.concurrent("in a file,", () => define((options) => Bench.start(options)));
  if (isSampled && !inject("isFull")) return;
  describe.concurrent("in PostgreSQL,", () => {
    const places = movablePlaces(sharedServer());
    afterAll(() => places.remove());
    define((options) => Bench.start(options, places.make));
  });
}
