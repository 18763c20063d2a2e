import {
  type Changes,
  getAt,
  type Json,
  type Lists,
  type Reads,
  type Removes,
  type ResourceRole,
  removeAt,
  setAt,
} from "@dots-payouts/openapi";
import type { CompiledOperation } from "./compiled-operation.ts";
import { jsonAnswer, type MockAnswer, type MockRequest } from "./message.ts";
import { refuse } from "./refusal.ts";
import type { Remembered } from "./remembered.ts";
import type { Validator } from "./schemas.ts";

/** A valid request to an operation that does something to resources. */
export interface ResourceRequest {
  readonly compiled: CompiledOperation;
  /** Whoever created a resource is the one who may have it. */
  readonly client: string;
  readonly request: MockRequest;
  /** The path below the server's base path. */
  readonly path: string;
  readonly body: Json | undefined;
  /** The answer that the documentation gives without knowing any resource. */
  readonly documented: MockAnswer;
}

/**
 * Carries out what `x-resource` says, on what was created before.
 * @throws Refusal (404) when the ID belongs to no resource.
 */
export function resourceAnswer(remembered: Remembered, request: ResourceRequest): MockAnswer {
  const { documented, compiled, client } = request;
  const role = compiled.operation.resource;
  if (role === undefined) return documented;
  const owner = ownerOf(client, role);
  switch (role.does) {
    case "create":
      return documented;
    case "list":
      return withBody(documented, listed(remembered, owner, role, request));
    case "read":
      return withBody(documented, existing(remembered, owner, role, request).resource);
    case "remove": {
      const { id, resource } = existing(remembered, owner, role, request);
      remembered.remove(owner, id);
      return withBody(documented, resource);
    }
    case "change": {
      const { id, resource } = existing(remembered, owner, role, request);
      const changed = change(resource, role, request.body, compiled);
      remembered.keep(owner, id, changed);
      return withBody(documented, changed);
    }
  }
}

/** Keeps the resource that a request has created. */
export function rememberCreated(
  remembered: Remembered,
  { operation }: CompiledOperation,
  client: string,
  resource: Json,
): void {
  const role = operation.resource;
  if (role?.does !== "create") return;
  const id = getAt(resource, role.id);
  if (id !== undefined) remembered.keep(ownerOf(client, role), String(id), resource);
}

function ownerOf(client: string, { kind }: ResourceRole): string {
  return JSON.stringify([client, kind]);
}

function existing(
  remembered: Remembered,
  owner: string,
  { by, kind }: Reads | Changes | Removes,
  { path, compiled }: ResourceRequest,
): { readonly id: string; readonly resource: Json } {
  const id = compiled.parametersOf(path)[by] ?? "";
  const resource = remembered.find(owner, id);
  if (resource === undefined) throw refuse(404, "resource", `There is no ${kind} with the ID ${id}.`);
  return { id, resource };
}

/** What is sent is taken over where the documentation says so and the answer's schema allows it. */
function change(
  resource: Json,
  { sets }: Changes,
  body: Json | undefined,
  compiled: CompiledOperation,
): Json {
  const response = compiled.operation.responses.find(({ status }) => /^2\d\d$/.test(status));
  let changed = resource;
  for (const echo of response?.echo ?? []) {
    const value = body === undefined ? undefined : getAt(body, echo.request);
    if (value === undefined) continue;
    const next = setAt(changed, echo.response, value);
    if (compiled.fitsSuccess?.(next) !== false) changed = next;
  }
  return sets.reduce((state, { pointer, value }) => setAt(state, pointer, value), changed);
}

/** How many resources a page has where neither the request nor the documentation says. */
const PAGE = 100;

function listed(remembered: Remembered, owner: string, role: Lists, request: ResourceRequest): Json {
  const { documented, compiled } = request;
  const query = new URLSearchParams(request.request.target.split("?").slice(1).join("?"));
  const { limit, after, next } = role.page;
  const wanted = remembered.list(owner).filter(([, resource]) =>
    role.filters.every(({ parameter, pointer }) => {
      const values = query.getAll(parameter);
      return values.length === 0 || values.includes(String(getAt(resource, pointer)));
    }),
  );
  const cursor = after === undefined ? null : query.get(after);
  const start = cursor === null ? 0 : wanted.findIndex(([id]) => id === cursor) + 1;
  const size =
    limit === undefined ? wanted.length : Number(query.get(limit) ?? defaultOf(request, limit) ?? PAGE);
  const page = wanted.slice(start, start + size);
  const items = page.map(([, resource]) => resource);
  const envelope = role.items === "" ? items : setAt(parsed(documented), role.items, items);
  if (next === undefined) return envelope;
  const last = start + size < wanted.length ? page.at(-1) : undefined;
  if (last !== undefined) return setAt(envelope, next, last[0]);
  const without = removeAt(envelope, next);
  return fits(compiled.fitsSuccess, without) ? without : setAt(envelope, next, null);
}

function fits(validator: Validator | undefined, value: Json): boolean {
  return validator === undefined || validator(value);
}

function defaultOf({ compiled }: ResourceRequest, name: string): Json | undefined {
  const parameter = compiled.operation.parameters.find(
    (known) => known.in === "query" && known.name === name,
  );
  return parameter === undefined ? undefined : getAt(parameter.node, "/schema/default");
}

function parsed({ body }: MockAnswer): Json {
  const value: Json = body === "" ? {} : JSON.parse(body);
  return value;
}

/** The documented answer about another resource; one without a body stays without. */
function withBody(documented: MockAnswer, resource: Json): MockAnswer {
  if (documented.body === "") return documented;
  return jsonAnswer(documented.status, resource, documented.headers);
}
