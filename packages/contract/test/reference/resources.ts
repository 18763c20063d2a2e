import {
  getAt,
  isObject,
  type Json,
  type JsonObject,
  type Lists,
  lifeCycleOf,
  memoize,
  type Operation,
  setAt,
} from "@dots-payouts/openapi";
import { document } from "./document.ts";

/** The created resources by kind, newest first. */
export type Resources = Map<string, JsonObject[]>;

/** How often each resource was changed by an operation with a limit. */
const counts = new Map<string, number>();

/** A status with its body. */
export interface Found {
  readonly status: number;
  readonly body: Json;
}

/** Remembers what an operation has created. */
export function keep(resources: Resources, { resource: role }: Operation, made: JsonObject): void {
  if (role?.does !== "create") return;
  resources.set(role.kind, [made, ...(resources.get(role.kind) ?? [])]);
}

/** Reads, lists or changes created resources, as `x-resource` of the operation says. */
export function lookUp(resources: Resources, operation: Operation, url: URL): Found {
  const role = operation.resource;
  if (role === undefined) return problem(404);
  const known = resources.get(role.kind) ?? [];
  if (role.does === "list") return list(known, role, url.searchParams);
  const values = parametersIn(operation.path, url.pathname) ?? {};
  const id = "by" in role ? values[role.by] : undefined;
  const resource = known.find((one) => one["id"] === id);
  if (resource === undefined) return problem(404);
  if (role.does === "read") return { status: 200, body: resource };
  if (role.does !== "change") return problem(400);
  const cycle = lifeCycleOf(document, role.kind);
  const move = cycle?.moves.find(({ name }) => name === role.move);
  if (move !== undefined && !move.from.includes(String(getAt(resource, cycle?.state ?? ""))))
    return problem(400);
  if (role.most !== undefined) {
    const count = (counts.get(String(id)) ?? role.most.done) + 1;
    if (count > role.most.times) return problem(400);
    counts.set(String(id), count);
  }
  const changed = role.sets.reduce<Json>((body, { pointer, value }) => setAt(body, pointer, value), resource);
  if (!isObject(changed)) return problem(400);
  resources.set(
    role.kind,
    known.map((one) => (one === resource ? changed : one)),
  );
  return {
    status: 200,
    body: role.at === "" ? changed : { ...setObject(role.at, changed), redelivered: true },
  };
}

function setObject(pointer: string, value: Json): JsonObject {
  const body = setAt({}, pointer, value);
  return isObject(body) ? body : {};
}

function list(known: readonly JsonObject[], { page, items }: Lists, query: URLSearchParams): Found {
  const limit = Number((page.limit === undefined ? undefined : query.get(page.limit)) ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) return problem(400);
  const [after, before] = [page.after, page.before].map((cursor) =>
    cursor === undefined ? null : query.get(cursor.parameter),
  );
  if (after !== null && before !== null) return problem(page.bothCursors ?? 400);
  const cursor = after ?? before ?? undefined;
  const place = known.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && place < 0) return problem(page.unknownCursor ?? 400);
  const start = after !== null ? place + 1 : before !== null ? Math.max(place - limit, 0) : 0;
  const end = before !== null ? place : start + limit;
  const more = before !== null ? start > 0 : end < known.length;
  const body = setObject(items, known.slice(start, end));
  return { status: 200, body: page.more === undefined ? body : setAt(body, page.more, more) };
}

const patternOf = memoize((template: string) => {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
  return new RegExp(`^${pattern}$`);
});

/** The values of a path's parameters; `undefined` if it does not match the template. */
export function parametersIn(template: string, path: string): Record<string, string> | undefined {
  const match = patternOf(template).exec(path);
  return match === null ? undefined : { ...match.groups };
}

function problem(status: number): Found {
  return {
    status,
    body: { message: status === 404 ? "There is nothing here." : "The request is not valid." },
  };
}
