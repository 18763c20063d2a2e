import type { OpenApiDocument } from "../document/document.ts";
import { isObject } from "../json/json.ts";
import { formatPointer } from "../json/pointer.ts";
import { type LocatedObject, list, object, text } from "./nodes.ts";
import type { Parameter } from "./operation.ts";

/** Header parameters that OpenAPI ignores (3.1, §4.8.12.2). */
const NO_PARAMETERS = ["accept", "authorization", "content-type"];

/** The parameters of an operation: its own, and those of its path that it does not override. */
export function readParameters(
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
