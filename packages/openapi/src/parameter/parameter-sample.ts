import { follow, type OpenApiDocument } from "../document/document.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import type { Parameter } from "../operation/operation.ts";
import { typesOf } from "../schema/part-values.ts";
import { givenValue, leastValue } from "../schema/sample-value.ts";
import { schemaParts } from "../schema/schema-parts.ts";

/**
 * A value for a parameter: its documented example, or a sample of its schema. For a list it is one item, which looks
 * the same in every style.
 * @param sample makes a value for which all these schemas hold
 */
export function parameterSample(
  document: OpenApiDocument,
  parameter: Parameter,
  sample: (parts: readonly JsonObject[]) => Json = (parts) => givenValue(parts) ?? leastValue(parts),
): Json {
  const [given] = [exampleOf(document, parameter.node) ?? []].flat();
  if (given !== undefined) return given;
  if (parameter.schema === undefined) return "text";
  const parts = schemaParts(document, parameter.schema);
  const nodes = parts.map(({ node }) => node);
  if (typesOf(nodes)?.includes("array") !== true) return sample(nodes);
  const [item] = [givenValue(nodes) ?? []].flat();
  const items = parts.flatMap(({ pointer }) => schemaParts(document, `${pointer}/items`));
  return item ?? sample(items.map(({ node }) => node));
}

function exampleOf(document: OpenApiDocument, { example, examples }: JsonObject): Json | undefined {
  if (example !== undefined || !isObject(examples)) return example;
  const [first] = Object.values(examples).map((place) => follow(document, { node: place, pointer: "" }).node);
  return isObject(first) ? first["value"] : undefined;
}

/** A path template with a parameter filled in, in the style of the parameter. */
export function fillParameter(template: string, { name, node }: Parameter, value: string): string {
  const encoded = encodeURIComponent(value);
  const styled =
    node["style"] === "label" ? `.${encoded}` : node["style"] === "matrix" ? `;${name}=${encoded}` : encoded;
  return template.replace(`{${name}}`, () => styled);
}
