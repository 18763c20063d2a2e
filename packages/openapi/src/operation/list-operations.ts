import { DocumentError, follow, type Located, type OpenApiDocument } from "../document/document.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer, parsePointer } from "../json/pointer.ts";
import { memoizeByObject } from "../memoize.ts";
import { lifeCycleOf } from "../schema/life-cycle.ts";
import { readIdempotencyKey } from "./idempotency-key.ts";
import type {
  Example,
  MediaType,
  Operation,
  Parameter,
  RequestBody,
  Response,
  SecurityRequirement,
} from "./operation.ts";
import { readRequestTerms } from "./request-terms.ts";
import { type ResourceRole, readResourceRole } from "./resource-role.ts";
import { readResponseCondition } from "./response-condition.ts";

/** The methods of a path's operations, as OpenAPI writes them. */
export const METHODS: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
];

/**
 * All operations of a document, in document order.
 * @throws DocumentError if the document contradicts itself.
 */
export const listOperations: (document: OpenApiDocument) => readonly Operation[] = memoizeByObject(
  (document) => operationsIn(document, "paths"),
);

/** The operations of a document's paths, or of its webhooks, whose path is the webhook's name. */
export function operationsIn(document: OpenApiDocument, section: "paths" | "webhooks"): Operation[] {
  const operations: Operation[] = [];
  for (const [path, pathItem] of entries(document[section])) {
    const item = object(document, { node: pathItem, pointer: formatPointer([section, path]) });
    for (const [method, node] of Object.entries(item.node)) {
      if (!METHODS.includes(method) || !isObject(node)) continue;
      operations.push(readOperation(document, path, method, node, item));
    }
  }
  return operations;
}

function readOperation(
  document: OpenApiDocument,
  path: string,
  method: string,
  node: JsonObject,
  item: LocatedObject,
): Operation {
  const pointer = `${item.pointer}/${method}`;
  return {
    id: text(node["operationId"]) ?? `${method.toUpperCase()} ${path}`,
    method: method.toUpperCase(),
    path,
    pointer,
    summary: text(node["summary"]),
    description: text(node["description"]),
    tags: list(node["tags"]).filter((tag) => typeof tag === "string"),
    deprecated: node["deprecated"] === true,
    client: text(node["x-client"]),
    idempotencyKey: readIdempotencyKey(node["x-idempotency-key"], `${pointer}/x-idempotency-key`),
    resource: readResource(document, node["x-resource"], `${pointer}/x-resource`),
    terms: readRequestTerms(node, pointer),
    delivers: node["x-delivers"] === true,
    parameters: readParameters(document, item, { node, pointer }),
    requestBody: readRequestBody(document, node, pointer),
    responses: entries(node["responses"]).map(([status, response]) =>
      readResponse(
        document,
        status,
        object(document, { node: response, pointer: `${pointer}/responses/${status}` }),
      ),
    ),
    security: readSecurity(document, node["security"] ?? document["security"], pointer),
  };
}

/** What an operation does to resources, including what its move sets. */
function readResource(
  document: OpenApiDocument,
  node: Json | undefined,
  place: string,
): ResourceRole | undefined {
  const role = readResourceRole(node, place);
  if (role?.does !== "change" || role.move === undefined) return role;
  const move = lifeCycleOf(document, role.kind)?.moves.find(({ name }) => name === role.move);
  if (move === undefined) throw new DocumentError(`${place}/move`, `${role.kind} has no move ${role.move}`);
  return { ...role, sets: [...move.sets, ...role.sets] };
}

/** Header parameters that OpenAPI ignores (3.1, §4.8.12.2). */
const NO_PARAMETERS = ["accept", "authorization", "content-type"];

function readParameters(
  document: OpenApiDocument,
  item: LocatedObject,
  operation: LocatedObject,
): Parameter[] {
  const byKey = new Map<string, Parameter>();
  for (const owner of [item, operation]) {
    for (const [index, parameter] of list(owner.node["parameters"]).entries()) {
      const { node, pointer } = object(document, {
        node: parameter,
        pointer: `${owner.pointer}/parameters/${index}`,
      });
      const name = text(node["name"]) ?? "";
      const place = text(node["in"]) ?? "";
      if (place === "header" && NO_PARAMETERS.includes(name.toLowerCase())) continue;
      byKey.set(`${place} ${name}`, {
        name,
        in: place,
        required: node["required"] === true,
        description: text(node["description"]),
        option: text(node["x-option"]),
        schema: node["schema"] === undefined ? undefined : `${pointer}/schema`,
        contentSchema: contentSchema({ node, pointer }),
        node,
        pointer,
      });
    }
  }
  return [...byKey.values()];
}

/** A parameter has a schema, or one media type with a schema (OpenAPI 3.1 §4.8.12.1). */
function contentSchema({ node, pointer }: LocatedObject): string | undefined {
  const { content } = node;
  if (!isObject(content)) return undefined;
  for (const [type, media] of Object.entries(content)) {
    if (isObject(media) && media["schema"] !== undefined) {
      return `${pointer}/content${formatPointer([type])}/schema`;
    }
  }
  return undefined;
}

function readRequestBody(
  document: OpenApiDocument,
  operation: JsonObject,
  pointer: string,
): RequestBody | undefined {
  if (operation["requestBody"] === undefined) return undefined;
  const body = object(document, { node: operation["requestBody"], pointer: `${pointer}/requestBody` });
  return { required: body.node["required"] === true, content: readContent(document, body) };
}

/** Statuses whose answers never have content in HTTP, whatever is documented. */
const NO_CONTENT = new Set(["204", "205", "304"]);

function readResponse(document: OpenApiDocument, status: string, response: LocatedObject): Response {
  const pairs = response.node["x-echo"];
  if (pairs !== undefined && !isObject(pairs)) {
    throw new DocumentError(`${response.pointer}/x-echo`, "pairs of JSON Pointers are needed");
  }
  const echo = entries(pairs).map(([into, from]) => {
    const place = `${response.pointer}${formatPointer(["x-echo", into])}`;
    return { response: requirePointer(into, place), request: requirePointer(from, place) };
  });
  return {
    status,
    description: text(response.node["description"]),
    content: NO_CONTENT.has(status) ? [] : readContent(document, response),
    echo,
    condition: readResponseCondition(response.node["x-when"], `${response.pointer}/x-when`),
    pointer: response.pointer,
  };
}

function readContent(document: OpenApiDocument, owner: LocatedObject): readonly MediaType[] {
  const known = contents(document).get(owner.pointer);
  if (known !== undefined) return known;
  const content = findContent(document, owner);
  contents(document).set(owner.pointer, content);
  return content;
}

/** By the pointers of their owners: most failures are components that all operations share. */
const contents = memoizeByObject((_document: OpenApiDocument) => new Map<string, readonly MediaType[]>());

function findContent(document: OpenApiDocument, owner: LocatedObject): readonly MediaType[] {
  return entries(owner.node["content"]).map(([type, node]) => {
    const pointer = `${owner.pointer}${formatPointer(["content", type])}`;
    const media = object(document, { node, pointer });
    return {
      type,
      schema: media.node["schema"] === undefined ? undefined : `${media.pointer}/schema`,
      examples: readExamples(document, media),
    };
  });
}

function readExamples(document: OpenApiDocument, media: LocatedObject): Example[] {
  const single = media.node["example"];
  if (single !== undefined) return [{ name: "example", summary: undefined, value: single }];
  return entries(media.node["examples"]).flatMap(([name, node]) => {
    const example = object(document, {
      node,
      pointer: `${media.pointer}${formatPointer(["examples", name])}`,
    }).node;
    const value = example["value"];
    if (value === undefined) return [];
    const statuses = list(example["x-status"]).filter((status) => typeof status === "number");
    const marked = statuses.length === 0 ? {} : { statuses };
    return [{ name, summary: text(example["summary"]), value, ...marked }];
  });
}

function readSecurity(
  document: OpenApiDocument,
  security: Json | undefined,
  pointer: string,
): SecurityRequirement[] {
  const components = isObject(document["components"]) ? document["components"] : {};
  const schemes = isObject(components["securitySchemes"]) ? components["securitySchemes"] : {};
  return list(security).map((requirement) =>
    entries(requirement).map(([name]) => {
      const declared = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
      if (declared === undefined) throw new DocumentError(pointer, `security scheme ${name} is not declared`);
      const place = formatPointer(["components", "securitySchemes", name]);
      const { node } = object(document, { node: declared, pointer: place });
      return { name, type: text(node["type"]) ?? "", scheme: text(node["scheme"])?.toLowerCase(), node };
    }),
  );
}

interface LocatedObject {
  readonly node: JsonObject;
  readonly pointer: string;
}

function object(document: OpenApiDocument, start: Located): LocatedObject {
  const { node, pointer } = follow(document, start);
  if (!isObject(node)) throw new DocumentError(pointer, "an object is needed");
  return { node, pointer };
}

// An unreadable extension must not count as absent: it may be what protects money.
function requirePointer(value: Json, place: string): string {
  try {
    if (typeof value === "string") {
      parsePointer(value);
      return value;
    }
  } catch {}
  throw new DocumentError(place, `${JSON.stringify(value)} is not a JSON Pointer`);
}

function entries(node: Json | undefined): [string, Json][] {
  return isObject(node) ? Object.entries(node) : [];
}

function list(node: Json | undefined): Json[] {
  return Array.isArray(node) ? node : [];
}

function text(node: Json | undefined): string | undefined {
  return typeof node === "string" ? node : undefined;
}
