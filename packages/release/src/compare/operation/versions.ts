import { getAt, type Located, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Direction, Note } from "../change/change.ts";
import type { Part } from "../proof/part.ts";
import { compareSchemas } from "../schema/schema.ts";

/** Two versions of one operation, each with the document that it is in. */
export interface Versions {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  /** The direction of the request: to the API, or from it for an event. */
  readonly sent: Direction;
  readonly note: Note;
  /** Records that a named schema was compared with its namesake. */
  readonly named: (pointer: string) => void;
}

/** The direction of the answer. */
export function answered({ sent }: Versions): Direction {
  return sent === "request" ? "response" : "request";
}

/** Each key of either list, with its entry in each. */
export function pairs<T>(
  old: readonly T[],
  now: readonly T[],
  key: (entry: T) => string,
): [string, T | undefined, T | undefined][] {
  const before = new Map(old.map((entry) => [key(entry), entry]));
  const after = new Map(now.map((entry) => [key(entry), entry]));
  return [...new Set([...before.keys(), ...after.keys()])].map((name) => [
    name,
    before.get(name),
    after.get(name),
  ]);
}

/** Compares the schemas at two pointers; a missing one allows anything. */
export function compareSchemasAt(
  versions: Versions,
  { direction, side }: { direction: Direction; side: string },
  old: string | undefined,
  now: string | undefined,
): void {
  const { before, after, note, named } = versions;
  compareSchemas(
    { before, after, note, named, direction, side, said: new Set() },
    partAt(before, old),
    partAt(after, now),
  );
}

function partAt(document: OpenApiDocument, pointer: string | undefined): Part | undefined {
  return pointer === undefined ? undefined : { document, ...find(document, pointer) };
}

/** The value at a pointer in a document; `null` if there is none. */
export function find(document: OpenApiDocument, pointer: string): Located {
  return { node: getAt(document, pointer) ?? null, pointer };
}
