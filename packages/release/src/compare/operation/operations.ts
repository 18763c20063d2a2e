import {
  formatPointer,
  getAt,
  isObject,
  type Json,
  METHODS,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
  operationsIn,
} from "@dots-payouts/openapi";
import { ADVICE } from "../change/advice.ts";
import { assumedIn } from "../change/assumed.ts";
import type { Change } from "../change/change.ts";
import { notesOf } from "../change/notes.ts";
import { wordsIn } from "./meaning.ts";
import { compareOperation } from "./operation.ts";
import { compareOtherKeys } from "./other-keys.ts";
import { find, pairs } from "./versions.ts";

interface Documents {
  readonly before: OpenApiDocument;
  readonly after: OpenApiDocument;
  /** Records that a named schema was compared with its namesake. */
  readonly named: (pointer: string) => void;
}

/** Compares the operations that callers can use. */
export function compareOperations(documents: Documents): Change[] {
  const { before, after } = documents;
  return pairs(operationsIn(before, "paths"), operationsIn(after, "paths"), routeOf).flatMap(
    ([, old, now]) => {
      if (old === undefined || now === undefined)
        return comeOrGone(documents, nameOf(now ?? old), "operation", old, now);
      return [
        ...compareOne(documents, nameOf(old), old, now, "paths"),
        ...compareCallbacks(documents, old, now),
      ];
    },
  );
}

/** Compares the events that the API sends. Its requests then go out, and answers come in. */
export function compareEvents(documents: Documents, prefix = "webhook"): Change[] {
  const { before, after } = documents;
  const key = ({ method, path }: Operation): string => `${method} ${path}`;
  return pairs(operationsIn(before, "webhooks"), operationsIn(after, "webhooks"), key).flatMap(
    ([, old, now]) => {
      const where = `${prefix} ${(old ?? now)?.path}`;
      if (old === undefined || now === undefined) return comeOrGone(documents, where, "event", old, now);
      return compareOne(documents, where, old, now, "webhooks");
    },
  );
}

function compareCallbacks(documents: Documents, old: Operation, now: Operation): Change[] {
  const before = withCallbacks(documents.before, old);
  const after = withCallbacks(documents.after, now);
  return compareEvents({ ...documents, before, after }, `${nameOf(old)}, callback`);
}

/** The document with an operation's callbacks in place of its webhooks. */
function withCallbacks(document: OpenApiDocument, { pointer }: Operation): OpenApiDocument {
  const callbacks = getAt(document, `${pointer}/callbacks`);
  const webhooks = Object.entries(isObject(callbacks) ? callbacks : {}).flatMap(([name, callback]) =>
    Object.entries(resolved(document, callback)).map(([url, item]): [string, Json] => [
      `${name} ${url}`,
      item,
    ]),
  );
  return { ...document, webhooks: Object.fromEntries(webhooks) };
}

function resolved(document: OpenApiDocument, node: Json): Record<string, Json> {
  const reference = isObject(node) ? node["$ref"] : undefined;
  const target = typeof reference === "string" ? getAt(document, reference.replace(/^#/, "")) : node;
  return isObject(target) ? target : {};
}

function compareOne(
  { before, after, named }: Documents,
  where: string,
  old: Operation,
  now: Operation,
  section: "paths" | "webhooks",
): Change[] {
  const { note, changes } = notesOf(where);
  const versions = {
    before,
    after,
    note,
    named,
    sent: section === "paths" ? "request" : "response",
  } as const;
  compareOperation(versions, old, now);
  const [from, to] = [find(before, itemOf(old)), find(after, itemOf(now))] as const;
  compareOtherKeys(versions, from, to, [...METHODS, "parameters", "servers"], "The path");
  if (changes().length === 0 && wordsOf(before, old) !== wordsOf(after, now)) {
    note("words", "Descriptions or examples have changed.");
  }
  return changes();
}

function comeOrGone(
  documents: Documents,
  where: string,
  what: "operation" | "event",
  old: Operation | undefined,
  now: Operation | undefined,
): Change[] {
  const { note, changes } = notesOf(where);
  const advice =
    what === "event" ? [ADVICE.eventGone, ADVICE.event] : [ADVICE.operationGone, ADVICE.operationNew];
  const assumed = assumedIn(documents, old?.pointer, now?.pointer);
  if (old !== undefined) note("breaking", `The ${what} is gone.`, advice[0], assumed);
  const summary = now?.summary === undefined ? "" : `: ${now.summary}`;
  if (now !== undefined) note("addition", `The ${what} is new${summary}.`, advice[1], assumed);
  return changes();
}

function routeOf({ method, path }: Operation): string {
  // Path parameters may be renamed: callers pass them by position, or see the change of the parameter itself.
  return `${method} ${path.replaceAll(/\{[^}]*\}/g, "{}")}`;
}

function nameOf(operation: Operation | undefined): string {
  if (operation === undefined) return "";
  const { client, id, method, path } = operation;
  return `${client ?? id} (${method} ${path})`;
}

/** The pointer to the path of an operation, which may not be under `paths`. */
function itemOf({ pointer }: Operation): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** The descriptions of an operation and of its path. */
function wordsOf(document: OpenApiDocument, operation: Operation): string {
  const known = words(document);
  const text = known.get(operation.pointer) ?? readWords(document, operation);
  known.set(operation.pointer, text);
  return text;
}

const words = memoizeByObject((_document: OpenApiDocument) => new Map<string, string>());

function readWords(document: OpenApiDocument, operation: Operation): string {
  const item = getAt(document, itemOf(operation));
  const method = operation.method.toLowerCase();
  const own = Object.entries(isObject(item) ? item : {}).flatMap(([key, node]): [string, Json][] => {
    if (key !== method) return METHODS.includes(key) ? [] : [[key, node]];
    // Callbacks are events, with their own descriptions.
    const { callbacks: _, ...rest } = isObject(node) ? node : {};
    return [[key, rest]];
  });
  return wordsIn(document, {
    node: Object.fromEntries(own),
    pointer: formatPointer(["paths", operation.path]),
  });
}
