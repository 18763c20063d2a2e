import { format, type Schema, validate } from "@cfworker/json-schema";
import {
  asDocument,
  eachNode,
  follow,
  isObject,
  type Json,
  type JsonObject,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";

/** Of these keywords Redocly's validator makes more than JSON Schema does, or than the one here does. */
const UNSURE = new Set([
  "$anchor",
  "$dynamicAnchor",
  "$dynamicRef",
  "$id",
  "discriminator",
  "multipleOf",
  "nullable",
  "readOnly",
  "writeOnly",
]);

/** The formats that both validators know, and judge in the same way. */
const FORMATS = new Set(Object.keys(format).filter((name) => name !== "email"));

/**
 * Whether all examples of a bundle keep their schemas, for certain: in doubt it says no. It interprets the schemas,
 * because to compile one takes several times as long as to hold an example or two against it.
 */
export function examplesFit(bundle: unknown): boolean {
  try {
    const document = asDocument(bundle);
    const nodes: JsonObject[] = [];
    eachNode(document, (node) => nodes.push(node));
    if (!String(document["openapi"]).startsWith("3.1.") || nodes.some(isUnsure)) return false;
    const targets = targetsOf(nodes, document);
    return nodes.every((node) =>
      examplesOf(node, document).every((example) => {
        // Media types and parameters have a schema next to their examples; a schema has them itself.
        const schema = node["schema"] ?? node;
        return isSchema(schema) && validate(example, schema, "2020-12", targets).valid;
      }),
    );
  } catch {
    // A reference that leads nowhere, or an invalid pattern: Redocly says what is wrong with it.
    return false;
  }
}

function isUnsure(node: JsonObject): boolean {
  const { format: name } = node;
  return (typeof name === "string" && !FORMATS.has(name)) || Object.keys(node).some((key) => UNSURE.has(key));
}

/** What each reference means, by its text: in a bundle it says the same everywhere. */
function targetsOf(
  nodes: readonly JsonObject[],
  document: OpenApiDocument,
): Record<string, Schema | boolean> {
  const targets: Record<string, Schema | boolean> = {};
  for (const node of nodes) {
    const { $ref: reference } = node;
    if (typeof reference !== "string" || reference in targets) continue;
    const target = referenceHops(document, { node, pointer: "" })[1]?.node;
    if (isSchema(target)) targets[reference] = target;
  }
  return targets;
}

/** The examples of a schema, media type or parameter: one, a list, or named ones that may stand elsewhere. */
function examplesOf({ example, examples }: JsonObject, document: OpenApiDocument): Json[] {
  const one = example === undefined ? [] : [example];
  if (Array.isArray(examples)) return [...one, ...examples];
  if (!isObject(examples)) return one;
  const named = Object.values(examples).flatMap((place) => {
    const { node } = follow(document, { node: place, pointer: "" });
    const value = isObject(node) ? (node["dataValue"] ?? node["value"]) : undefined;
    return value === undefined ? [] : [value];
  });
  return [...one, ...named];
}

/** Whether a value may be where a schema has to be. Other rules make sure that it is one. */
function isSchema(value: unknown): value is Schema | boolean {
  return typeof value === "boolean" || isObject(value);
}
