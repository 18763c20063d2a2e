import {
  asDocument,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
  type Operation,
} from "@dots-payouts/openapi";
import { conditionSentences } from "../describe/conditions.ts";
import { listSamples } from "../samples/list-samples.ts";
import { operationUrl } from "../site/operation-address.ts";
import { nameAlternatives } from "./name-alternatives.ts";

/**
 * The document for Redoc: the samples of each operation's first example are where it looks for them, each operation
 * links to its form and its page, and alternatives have names. Conditions (`if`) are taken out of the schemas and said
 * in words: of several, Redoc would show one, as a choice between two sets of required fields, neither of them right.
 */
export function forRedoc(document: OpenApiDocument, operations: readonly Operation[]): OpenApiDocument {
  const copy = prepare(document, false);
  for (const operation of operations) {
    const node = getAt(copy, operation.pointer);
    if (!isObject(node)) continue;
    const links = `[Try it](../try/#${operation.id}) · [All samples](../${operationUrl(operation)})`;
    const conditions = (operation.requestBody?.content ?? []).flatMap(({ schema }) =>
      schema === undefined ? [] : conditionSentences(document, schema),
    );
    const blocks = [operation.description?.trim(), conditionList(conditions), links];
    node["description"] = blocks.filter((block) => block !== undefined && block !== "").join("\n\n");
    const [first] = listSamples(operation);
    if (first === undefined) continue;
    node["x-codeSamples"] = first.codes.map(({ label, code }) => ({ lang: label, label, source: code }));
  }
  return asDocument(copy);
}

function conditionList(conditions: readonly string[]): string {
  return [...new Set(conditions)].map((condition) => `- ${condition}`).join("\n");
}

/** Keywords whose values are data, and stay as they are. */
const DATA = new Set(["example", "examples", "default", "const", "enum", "value"]);

/** Keywords whose own keys are names, and may be called like anything. */
const MAPS = new Set(["properties", "patternProperties", "$defs", "dependentSchemas", "schemas"]);

const CONDITION = new Set(["if", "then", "else"]);

function prepare(node: Json, isMap: boolean): Json {
  if (Array.isArray(node)) return node.map((item) => prepare(item, false));
  if (!isObject(node)) return node;
  if (isMap)
    return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, prepare(value, false)]));
  return Object.fromEntries(
    Object.entries(nameAlternatives(node))
      .filter(([key]) => !CONDITION.has(key))
      .map(([key, value]) => [key, DATA.has(key) ? value : prepare(value, MAPS.has(key))]),
  );
}
