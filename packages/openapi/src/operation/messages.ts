import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer, parsePointer } from "../json/pointer.ts";
import { memoizeByObject } from "../memoize.ts";
import { entries, type LocatedObject, list, object, text } from "./nodes.ts";
import type { Example, MediaType, RequestBody, Response } from "./operation.ts";
import { readResponseCondition } from "./response-condition.ts";

/** The request bodies of an operation. */
export function readRequestBody(
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

/** The responses of an operation by status. */
export function readResponse(document: OpenApiDocument, status: string, response: LocatedObject): Response {
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
