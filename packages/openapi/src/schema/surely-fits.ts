import { type OpenApiDocument, referenceHops } from "../document/document.ts";
import { isMultiple } from "../json/decimal.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { getAt } from "../json/pointer.ts";
import { isSameJson } from "../json/same-json.ts";
import { typesOf } from "./part-values.ts";
import { BY_FORMAT } from "./sample-value.ts";

/** Whether a value fits: `undefined` if only a validator can tell. */
type Known = boolean | undefined;

/** Deeper than any generated value. Only a schema that refers to itself endlessly reaches it. */
const DEEPEST = 60;

/**
 * Whether it is certain that a value fits the schema at a JSON Pointer. `false` means that only a validator can tell.
 * This knows the keywords of nearly all schemas, and takes a hundredth of the time of compiling the schema.
 */
export function surelyFits(document: OpenApiDocument, pointer: string, value: Json): boolean {
  return new Look(document).at(pointer, value, 0) === true;
}

class Look {
  readonly #document: OpenApiDocument;

  constructor(document: OpenApiDocument) {
    this.#document = document;
  }

  at(pointer: string, value: Json, depth: number): Known {
    const node = getAt(this.#document, pointer);
    return node === undefined ? undefined : this.fits(node, value, depth);
  }

  fits(schema: Json, value: Json, depth: number): Known {
    if (typeof schema === "boolean") return schema;
    if (!isObject(schema) || depth > DEEPEST) return undefined;
    return all(
      Object.entries(schema).map(([keyword, rule]) => this.#keyword(schema, keyword, rule, value, depth + 1)),
    );
  }

  #keyword(schema: JsonObject, keyword: string, rule: Json, value: Json, depth: number): Known {
    if (ANNOTATIONS.has(keyword) || keyword.startsWith("x-")) return true;
    const each = (list: Json): Known[] =>
      Array.isArray(list) ? list.map((one) => this.fits(one, value, depth)) : [undefined];
    switch (keyword) {
      case "$ref": {
        // The target may have keywords next to its own reference.
        const [, target] = referenceHops(this.#document, { node: { $ref: rule }, pointer: "" });
        return target === undefined ? undefined : this.fits(target.node, value, depth);
      }
      case "type":
        return hasType(schema, value);
      case "enum":
        return Array.isArray(rule) && rule.some((one) => isSameJson(one, value));
      case "const":
        return isSameJson(rule, value);
      case "allOf":
        return all(each(rule));
      case "anyOf":
        return any(each(rule));
      case "oneOf":
        return exactlyOne(each(rule));
      case "not": {
        const refused = this.fits(rule, value, depth);
        return refused === undefined ? undefined : !refused;
      }
    }
    if (typeof value === "number") return numberKeeps(keyword, rule, value);
    if (typeof value === "string") return textKeeps(keyword, rule, value);
    if (Array.isArray(value)) return this.#list(schema, keyword, rule, value, depth);
    if (isObject(value)) return this.#object(schema, keyword, rule, value, depth);
    return OF_TYPES.has(keyword) ? true : undefined;
  }

  #list(schema: JsonObject, keyword: string, rule: Json, value: readonly Json[], depth: number): Known {
    switch (keyword) {
      case "minItems":
        return typeof rule === "number" && value.length >= rule;
      case "maxItems":
        return typeof rule === "number" && value.length <= rule;
      case "uniqueItems":
        return (
          rule !== true || value.every((one, at) => !value.slice(at + 1).some((two) => isSameJson(one, two)))
        );
      case "prefixItems":
        return Array.isArray(rule)
          ? all(rule.slice(0, value.length).map((one, at) => this.fits(one, value[at] ?? null, depth)))
          : undefined;
      case "items": {
        const { prefixItems } = schema;
        const rest = value.slice(Array.isArray(prefixItems) ? prefixItems.length : 0);
        return all(rest.map((item) => this.fits(rule, item, depth)));
      }
      case "contains":
      case "minContains":
      case "maxContains":
      case "additionalItems":
      case "unevaluatedItems":
        return undefined;
    }
    return OF_TYPES.has(keyword) ? true : undefined;
  }

  #object(schema: JsonObject, keyword: string, rule: Json, value: JsonObject, depth: number): Known {
    const names = Object.keys(value);
    switch (keyword) {
      case "minProperties":
        return typeof rule === "number" && names.length >= rule;
      case "maxProperties":
        return typeof rule === "number" && names.length <= rule;
      case "required":
        return (
          Array.isArray(rule) && rule.every((name) => typeof name === "string" && Object.hasOwn(value, name))
        );
      case "properties":
        return all(
          Object.entries(isObject(rule) ? rule : {}).map(([name, property]) =>
            Object.hasOwn(value, name) ? this.fits(property, value[name] ?? null, depth) : true,
          ),
        );
      case "additionalProperties": {
        if ("patternProperties" in schema) return rule === true ? true : undefined;
        const listed = isObject(schema["properties"]) ? schema["properties"] : {};
        const others = names.filter((name) => !Object.hasOwn(listed, name));
        return all(others.map((name) => this.fits(rule, value[name] ?? null, depth)));
      }
      case "propertyNames":
        return all(names.map((name) => this.fits(rule, name, depth)));
      case "patternProperties":
      case "dependentRequired":
      case "dependentSchemas":
      case "unevaluatedProperties":
        return undefined;
    }
    return OF_TYPES.has(keyword) ? true : undefined;
  }
}

/** Keywords that say nothing about which values fit. */
const ANNOTATIONS = new Set([
  "$comment",
  "$defs",
  "contentEncoding",
  "contentMediaType",
  "default",
  "deprecated",
  "description",
  "discriminator",
  "example",
  "examples",
  "externalDocs",
  "readOnly",
  "title",
  "writeOnly",
  "xml",
]);

/** Keywords that only apply to values of one type. */
const OF_TYPES = new Set([
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minLength", "maxLength", "pattern", "format"],
  ...[
    "minItems",
    "maxItems",
    "uniqueItems",
    "prefixItems",
    "items",
    "contains",
    "minContains",
    "maxContains",
  ],
  ...[
    "minProperties",
    "maxProperties",
    "required",
    "properties",
    "additionalProperties",
    "patternProperties",
  ],
  ...["propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedItems", "unevaluatedProperties"],
]);

/** The string formats that validators check. */
const CHECKED_FORMATS = new Set<Json>([
  ...["date", "time", "date-time", "iso-time", "iso-date-time", "duration"],
  ...["uri", "uri-reference", "uri-template", "url", "email", "hostname", "ipv4", "ipv6", "uuid"],
  ...["regex", "byte", "json-pointer", "json-pointer-uri-fragment", "relative-json-pointer"],
]);

function hasType(schema: JsonObject, value: Json): Known {
  const types = typesOf([{ type: schema["type"] ?? null }]);
  if (types === undefined) return undefined;
  if (value === null) return types.includes("null");
  if (Array.isArray(value)) return types.includes("array");
  if (typeof value === "number") {
    return types.includes("number") || (types.includes("integer") && Number.isInteger(value));
  }
  return types.includes(typeof value);
}

function numberKeeps(keyword: string, rule: Json, value: number): Known {
  if (keyword === "format") return !/^int(32|64)$/.test(String(rule)) || isInt32(value) ? true : undefined;
  if (typeof rule !== "number") return OF_TYPES.has(keyword) ? true : undefined;
  switch (keyword) {
    case "minimum":
      return value >= rule;
    case "maximum":
      return value <= rule;
    case "exclusiveMinimum":
      return value > rule;
    case "exclusiveMaximum":
      return value < rule;
    case "multipleOf":
      return isMultiple(value, rule);
  }
  return OF_TYPES.has(keyword) ? true : undefined;
}

function textKeeps(keyword: string, rule: Json, value: string): Known {
  switch (keyword) {
    case "minLength":
      return typeof rule === "number" && [...value].length >= rule;
    case "maxLength":
      return typeof rule === "number" && [...value].length <= rule;
    case "pattern":
      return typeof rule === "string" ? matches(rule, value) : undefined;
    case "format":
      return !CHECKED_FORMATS.has(rule) || BY_FORMAT.get(rule) === value ? true : undefined;
  }
  return OF_TYPES.has(keyword) ? true : undefined;
}

function isInt32(value: number): boolean {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 31;
}

function matches(pattern: string, text: string): Known {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return undefined;
  }
}

function all(known: readonly Known[]): Known {
  if (known.includes(false)) return false;
  return known.includes(undefined) ? undefined : true;
}

function any(known: readonly Known[]): Known {
  if (known.includes(true)) return true;
  return known.includes(undefined) ? undefined : false;
}

function exactlyOne(known: readonly Known[]): Known {
  if (known.filter((one) => one === true).length > 1) return false;
  return known.includes(undefined) ? undefined : known.includes(true);
}
