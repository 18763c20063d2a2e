import {
  concreteType,
  follow,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  type OpenApiDocument,
  setAt,
} from "@dots-payouts/openapi";

/** Parts that are rebuilt, and parts that no path needs. */
const ELSEWHERE = new Set(["paths", "components", "webhooks"]);

/**
 * The part of a document that one path needs: its operations, what they refer to, and the security schemes. Prism reads
 * everything it is given, so with the whole document each path would cost the time for all others. Responses are
 * written as Prism understands them: their statuses as OpenAPI spells them, and a media type in place of each range.
 */
export function documentPart(document: OpenApiDocument, path: string): OpenApiDocument {
  const components = isObject(document["components"]) ? document["components"] : {};
  const rest = Object.entries(document).filter(([key]) => !ELSEWHERE.has(key) && !key.startsWith("x-"));
  const schemes = components["securitySchemes"];
  const kept: Json = schemes === undefined ? {} : { securitySchemes: schemes };
  const item = pathItem(document, path);
  const start: Json = {
    ...Object.fromEntries(rest),
    paths: { [plainTemplate(path)]: item },
    components: kept,
  };
  // Anything below a part that is kept is already included.
  const part = referredFrom(document, [item, kept])
    .toSorted(([one], [other]) => one.length - other.length)
    .reduce<Json>((sum, [pointer, node]) => setAt(sum, pointer, node), start);
  return isObject(part) ? part : document;
}

/** A path template with parameter names that Prism recognizes: it ignores names with a dot. */
function plainTemplate(path: string): string {
  return path.replaceAll(/\{[^}]*\}/g, (parameter) => parameter.replaceAll(/[^\w{}-]/g, "_"));
}

/** Everything that nodes refer to, by its pointer. */
function referredFrom(document: OpenApiDocument, nodes: readonly Json[]): [pointer: string, node: Json][] {
  const found = new Map<string, Json>();
  const visit = (node: Json): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (!isObject(node)) return;
    const pointer = pointerOf(node["$ref"]);
    if (pointer !== undefined && !found.has(pointer)) {
      const target = getAt(document, pointer);
      if (target !== undefined) {
        found.set(pointer, target);
        visit(target);
      }
    }
    for (const value of Object.values(node)) visit(value);
  };
  for (const node of nodes) visit(node);
  return [...found];
}

function pointerOf(reference: Json | undefined): string | undefined {
  if (typeof reference !== "string" || !reference.startsWith("#/")) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    // Data in an example, which may look like anything.
    return undefined;
  }
}

function pathItem(document: OpenApiDocument, path: string): JsonObject {
  const pointer = formatPointer(["paths", path]);
  const { node } = follow(document, { node: getAt(document, pointer) ?? {}, pointer });
  const entries = Object.entries(isObject(node) ? node : {}).map(([key, value]): [string, Json] => {
    const responses = isObject(value) ? value["responses"] : undefined;
    return isObject(value) && isObject(responses)
      ? [key, { ...value, responses: plainResponses(document, responses) }]
      : [key, value];
  });
  return Object.fromEntries(entries);
}

function plainResponses(document: OpenApiDocument, responses: JsonObject): JsonObject {
  const entries = Object.entries(responses).map(([status, response]): [string, Json] => {
    const key = /^\dxx$/i.test(status) ? status.toUpperCase() : status.toLowerCase();
    const { node } = follow(document, { node: response, pointer: "" });
    return [
      key,
      isObject(node) && isObject(node["content"]) ? { ...node, content: concrete(node["content"]) } : node,
    ];
  });
  return Object.fromEntries(entries);
}

function concrete(content: JsonObject): JsonObject {
  const entries = Object.entries(content).map(([type, media]): [string, Json] => {
    const choice = concreteType(type);
    return [Object.hasOwn(content, choice) ? type : choice, media];
  });
  return Object.fromEntries(entries);
}
