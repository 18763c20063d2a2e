import type { OpenApiDocument } from "../document/document.ts";
import type { Json } from "../json/json.ts";
import type { Parameter } from "../operation/operation.ts";
import { typesOf } from "../schema/part-values.ts";
import { listProperties, schemaParts } from "../schema/schema-parts.ts";
import { type Pieces, piecesOf, type SentParameters } from "./parameter-pieces.ts";

/**
 * The possible meanings of a parameter, most likely first: `5` can be a number or a string, and only the schema tells
 * which. Empty if the parameter was not sent.
 */
export type ParameterValues = (sent: SentParameters) => readonly Json[];

/** Prepares reading a parameter in its documented style (OpenAPI 3.1 §4.8.12). */
export function parameterValues(document: OpenApiDocument, parameter: Parameter): ParameterValues {
  const { schema, node } = parameter;
  if (schema === undefined || "content" in node) {
    return (sent) => piecesOf(parameter, "text", [], sent).flatMap(jsonOf);
  }
  const types = typesAt(document, [schema]);
  const properties = listProperties(document, schema);
  const isList = types.includes("array");
  const isObject = types.includes("object") || (types.length === 0 && properties.length > 0);
  const shape = isList ? "list" : isObject ? "object" : "text";
  const names = properties.map(({ name }) => name);
  const itemTypes = typesAt(
    document,
    schemaParts(document, schema).map(({ pointer }) => `${pointer}/items`),
  );
  const propertyTypes = new Map(
    properties.map(({ name, schemas }) => [
      name,
      typesAt(
        document,
        schemas.map(({ pointer }) => pointer),
      ),
    ]),
  );
  const valuesOf = (pieces: Pieces): readonly Json[] => {
    if (pieces.shape === "text") return scalars(pieces.text, types);
    if (pieces.shape === "list") {
      return distinct([pieces.items.map((item) => likeliest(item, itemTypes)), [...pieces.items]]);
    }
    const typed = pieces.entries.map(([name, text]) => [
      name,
      likeliest(text, propertyTypes.get(name) ?? []),
    ]);
    return distinct([Object.fromEntries(typed), Object.fromEntries(pieces.entries)]);
  };
  return (sent) => piecesOf(parameter, shape, names, sent).flatMap(valuesOf);
}

/** All types that these schemas allow, in any of their alternatives. */
function typesAt(document: OpenApiDocument, pointers: readonly string[]): readonly string[] {
  const parts = pointers.flatMap((pointer) => schemaParts(document, pointer));
  return parts.flatMap(({ node }) => typesOf([node]) ?? []);
}

/** The possible meanings of a text, the types of the schema first. */
function scalars(text: string, types: readonly string[]): readonly Json[] {
  const typed = typedValue(text, types);
  return typed === undefined ? [text] : [typed, text];
}

function likeliest(text: string, types: readonly string[]): Json {
  return typedValue(text, types) ?? text;
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

function typedValue(text: string, types: readonly string[]): Json | undefined {
  const isNumber = types.includes("integer") || types.includes("number");
  if (isNumber && NUMBER.test(text) && Number.isFinite(Number(text))) return Number(text);
  if (types.includes("boolean") && (text === "true" || text === "false")) return text === "true";
  return undefined;
}

/** A parameter with `content` contains JSON; what cannot be parsed is kept as text. */
function jsonOf(pieces: Pieces): readonly Json[] {
  const text = pieces.shape === "text" ? pieces.text : "";
  try {
    const value: Json = JSON.parse(text);
    return [value];
  } catch {
    return [text];
  }
}

function distinct(values: readonly Json[]): readonly Json[] {
  const [first, second] = values;
  if (first === undefined) return [];
  return second === undefined || JSON.stringify(first) === JSON.stringify(second) ? [first] : [first, second];
}
