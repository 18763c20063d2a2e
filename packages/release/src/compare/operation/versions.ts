import { getAt, type Located, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Direction, Note } from "../change.ts";
import type { Part } from "../proof/part.ts";
import { compareSchemas } from "../schema/schema.ts";

/** Two versions of one operation, each with the document that it is in. */
export interface Versions {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  /** Where the request goes: to the API, or from it, for an event. */
  readonly sent: Direction;
  readonly note: Note;
  /** Takes note of a named schema that has been compared with the one of its name. */
  readonly named: (pointer: string) => void;
}

/** Where the answer goes. */
export function answered({ sent }: Versions): Direction {
  return sent === "request" ? "response" : "request";
}

/** Each key of either list, with the entry that it has in each. */
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

/** Compares the schemas at two pointers; if there is none, anything goes. */
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

/** What a document has at a pointer; `null` where there is nothing. */
export function find(document: OpenApiDocument, pointer: string): Located {
  return { node: getAt(document, pointer) ?? null, pointer };
}
