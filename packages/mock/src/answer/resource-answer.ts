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
import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { Created, IdAndResource, Resources } from "../store/memory-resources.ts";
import { jsonAnswer, type MockAnswer } from "../wire/answer.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { listPage } from "./list-page.ts";

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
export async function resourceAnswer(resources: Resources, request: ResourceRequest): Promise<MockAnswer> {
  const { documented, compiled, client } = request;
  const role = compiled.operation.resource;
  if (role === undefined) return documented;
  const owner = ownerOf(client, role);
  switch (role.does) {
    case "create":
      return documented;
    case "list":
      return withBody(documented, listed(await resources.list(owner), role, request));
    case "read":
      return withBody(documented, await existing(resources, owner, role, request), role.at);
    case "remove": {
      const resource = await existing(resources, owner, role, request);
      if (await resources.remove(owner, idOf(role, request))) return withBody(documented, resource, role.at);
      throw missing(role, request);
    }
    case "change":
      for (;;) {
        const resource = await existing(resources, owner, role, request);
        const changed = change(resource, role, request.body, compiled);
        const next = { owner, id: idOf(role, request), resource: changed };
        // Somebody else may have changed it since: then that is what has to be changed.
        if (await resources.replace(next, resource)) return withBody(documented, changed, role.at);
      }
  }
}

/** The resource that an answer tells of, where its operation creates one. */
export function createdBy(
  { operation }: CompiledOperation,
  client: string,
  resource: Json,
): Created | undefined {
  const role = operation.resource;
  if (role?.does !== "create") return undefined;
  const id = getAt(resource, role.id);
  return id === undefined ? undefined : { owner: ownerOf(client, role), id: String(id), resource };
}

function ownerOf(client: string, { kind }: ResourceRole): string {
  return JSON.stringify([client, kind]);
}

async function existing(
  resources: Resources,
  owner: string,
  role: Reads | Changes | Removes,
  request: ResourceRequest,
): Promise<Json> {
  const resource = await resources.find(owner, idOf(role, request));
  if (resource === undefined) throw missing(role, request);
  return resource;
}

function idOf({ by }: Reads | Changes | Removes, { path, compiled }: ResourceRequest): string {
  return compiled.parametersOf(path)[by] ?? "";
}

function missing(role: Reads | Changes | Removes, request: ResourceRequest): Refusal {
  return refuse(404, "resource", `There is no ${role.kind} with the ID ${idOf(role, request)}.`);
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

function listed(all: readonly IdAndResource[], role: Lists, request: ResourceRequest): Json {
  const { documented, compiled } = request;
  const query = new URLSearchParams(request.request.target.split("?").slice(1).join("?"));
  const { limit, next, more } = role.page;
  const size =
    limit === undefined ? all.length : Number(query.get(limit) ?? defaultOf(request, limit) ?? PAGE);
  const page = listPage(all, role, query, size);
  let envelope = role.items === "" ? [...page.items] : setAt(parsed(documented), role.items, [...page.items]);
  if (more !== undefined) envelope = setAt(envelope, more, page.more);
  if (next === undefined) return envelope;
  if (page.next !== undefined) return setAt(envelope, next, page.next);
  const without = removeAt(envelope, next);
  return compiled.fitsSuccess?.(without) === false ? setAt(envelope, next, null) : without;
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

/** The documented answer about another resource, which is at a place in it; one without a body stays without. */
function withBody(documented: MockAnswer, resource: Json, at = ""): MockAnswer {
  if (documented.body === "") return documented;
  const body = at === "" ? resource : setAt(parsed(documented), at, resource);
  return jsonAnswer(documented.status, body, documented.headers);
}
