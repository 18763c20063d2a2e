import { DocumentError, follow, type Located, type OpenApiDocument } from "./document.ts";
import { isObject, type Json, type JsonObject } from "./json.ts";
import { formatPointer, parsePointer } from "./pointer.ts";

/** An operation of the API: one method on one path. */
export interface Operation {
  /** `operationId`, or method and path where there is none. */
  readonly id: string;
  /** In upper case, as it is sent. */
  readonly method: string;
  /** The path template, without a server's base path. */
  readonly path: string;
  /** JSON Pointer to the operation in the document. */
  readonly pointer: string;
  readonly summary: string | undefined;
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly deprecated: boolean;
  /** `x-client`: the name of the client's method, `resource.method`. */
  readonly client: string | undefined;
  /** `x-idempotency-key`: JSON Pointer into the request body. */
  readonly idempotencyKey: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly requestBody: RequestBody | undefined;
  readonly responses: readonly Response[];
  /** The alternatives of which one has to be met; empty where the operation is open to all. */
  readonly security: readonly SecurityRequirement[];
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description: string | undefined;
  /** JSON Pointer to the schema, where there is one. */
  readonly schema: string | undefined;
  readonly node: JsonObject;
}

export interface RequestBody {
  readonly required: boolean;
  readonly content: readonly MediaType[];
}

export interface Response {
  /** `200`, `4XX` or `default`, as the document has it. */
  readonly status: string;
  readonly description: string | undefined;
  readonly content: readonly MediaType[];
  /** `x-echo`: pairs of a pointer into the response and one into the request body. */
  readonly echo: readonly Echo[];
  readonly pointer: string;
}

export interface Echo {
  readonly response: string;
  readonly request: string;
}

export interface MediaType {
  readonly type: string;
  /** JSON Pointer to the schema in the document, where there is one. */
  readonly schema: string | undefined;
  readonly examples: readonly Example[];
}

export interface Example {
  readonly name: string;
  readonly summary: string | undefined;
  readonly value: Json;
}

/** The schemes that have to be met together. */
export type SecurityRequirement = readonly SecurityScheme[];

export interface SecurityScheme {
  readonly name: string;
  /** `http`, `apiKey`, … */
  readonly type: string;
  /** `basic`, `bearer`, … in lower case; only for type `http`. */
  readonly scheme: string | undefined;
  readonly node: JsonObject;
}

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/**
 * All operations of a document, in its order.
 * @throws DocumentError where the document contradicts itself.
 */
export function listOperations(document: OpenApiDocument): Operation[] {
  const operations: Operation[] = [];
  for (const [path, pathItem] of entries(document["paths"])) {
    const item = object(document, { node: pathItem, pointer: formatPointer(["paths", path]) });
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
  const idempotencyKey = text(node["x-idempotency-key"]);
  if (idempotencyKey !== undefined) requirePointer(idempotencyKey, `${pointer}/x-idempotency-key`);
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
    idempotencyKey,
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
      byKey.set(`${place} ${name}`, {
        name,
        in: place,
        required: node["required"] === true,
        description: text(node["description"]),
        schema: node["schema"] === undefined ? undefined : `${pointer}/schema`,
        node,
      });
    }
  }
  return [...byKey.values()];
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

function readResponse(document: OpenApiDocument, status: string, response: LocatedObject): Response {
  const echo = entries(response.node["x-echo"]).map(([into, from]) => {
    const place = `${response.pointer}${formatPointer(["x-echo", into])}`;
    if (typeof from !== "string") throw new DocumentError(place, "a JSON Pointer into the request is needed");
    return { response: requirePointer(into, place), request: requirePointer(from, place) };
  });
  return {
    status,
    description: text(response.node["description"]),
    content: readContent(document, response),
    echo,
    pointer: response.pointer,
  };
}

function readContent(document: OpenApiDocument, owner: LocatedObject): MediaType[] {
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
    return value === undefined ? [] : [{ name, summary: text(example["summary"]), value }];
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

function requirePointer(value: string, place: string): string {
  try {
    parsePointer(value);
  } catch {
    throw new DocumentError(place, `${JSON.stringify(value)} is not a JSON Pointer`);
  }
  return value;
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
