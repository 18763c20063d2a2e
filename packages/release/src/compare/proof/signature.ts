import {
  follow,
  isObject,
  type Json,
  type JsonObject,
  leadToSchema,
  memoizeByObject,
} from "@dots-payouts/openapi";
import { isWord, withoutWords } from "../change/words.ts";
import { child, type Part, type Parts } from "./part.ts";

/**
 * A short text that is equal for two schemas that mean the same, written in about the same way. References are
 * followed; descriptions, order and defaults are ignored.
 */
export function signatureOf(part: Part): string {
  return sign(part, []).id;
}

/** The same for schemas that all apply to one value. */
export function signatureOfAll(parts: Parts): string {
  return [...new Set(parts.map(signatureOf))].sort().join("&");
}

interface Signed {
  readonly id: string;
  /** How many enclosing schemas are above the one that a circular reference in it leads back to. */
  readonly reach: number;
}

const signed = memoizeByObject((_document: object) => new Map<string, string>());
const ids = new Map<string, string>();

function sign(start: Part, around: readonly string[]): Signed {
  const part = meaning(start);
  const above = around.indexOf(part.pointer);
  // How far up a circular reference leads is the same, whatever the schema's name.
  if (above >= 0) return { id: `^${around.length - above}`, reach: above };
  const known = signed(part.document).get(part.pointer);
  if (known !== undefined) return { id: known, reach: around.length };

  let reach = around.length;
  const inner = (schema: Part): string => {
    const result = sign(schema, [...around, part.pointer]);
    reach = Math.min(reach, result.reach);
    return result.id;
  };
  const id = intern(JSON.stringify(isObject(part.node) ? said(part, part.node, inner) : part.node));
  if (reach >= around.length) signed(part.document).set(part.pointer, id);
  return { id, reach };
}

function intern(text: string): string {
  const id = ids.get(text) ?? `#${ids.size}`;
  ids.set(text, id);
  return id;
}

/** A reference without other keywords equals its target. */
function meaning(part: Part): Part {
  const { document, node } = part;
  if (node === true) return { ...part, node: {} };
  if (!isObject(node) || Object.keys(node).some((key) => key !== "$ref" && !isWord(key))) return part;
  const target = follow(document, part);
  return target.pointer === part.pointer ? part : meaning({ document, ...target });
}

/**
 * What a schema says, without the content of its properties, items and `allOf`. If it is equal, schemas only differ in
 * those.
 */
export function skeletonOf(part: Part): string {
  const { $ref: _, allOf: __, ...node } = isObject(part.node) ? part.node : {};
  return JSON.stringify([isObject(part.node) || part.node, said({ ...part, node }, node, signatureOf, true)]);
}

/** What a schema says, with the signatures of its subschemas. */
function said(part: Part, node: JsonObject, inner: (schema: Part) => string, onlyBones = false): Json {
  const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
    if (isWord(key) || isDefault(key, value)) return [];
    if (key === "$ref") return [["$ref", inner({ document: part.document, ...follow(part.document, part) })]];
    if (key === "const") return [["enum", [JSON.stringify(sorted(value))]]];
    if (key === "type") return [["type", [value].flat().map(String).sort()]];
    if (onlyBones && key === "items") return [["items", ""]];
    if (onlyBones && key === "properties")
      return [["properties", Object.keys(isObject(value) ? value : {}).sort()]];
    if (leadToSchema([key])) return [[key, inner(child(part, key))]];
    if (!leadToSchema([key, ""])) return [[key, inOrder(key, sorted(withoutWords(key, value)))]];
    if (Array.isArray(value))
      return [
        [
          key,
          inOrder(
            key,
            value.map((_, index) => inner(child(part, key, index))),
          ),
        ],
      ];
    const named = Object.keys(isObject(value) ? value : {}).map((name): [string, Json] => [
      name,
      inner(child(part, key, name)),
    ]);
    return [[key, sorted(Object.fromEntries(named))]];
  });
  return sorted(Object.fromEntries(entries));
}

const WITHOUT_ORDER = new Set(["enum", "required", "allOf", "anyOf", "oneOf"]);

function inOrder(key: string, value: Json): Json {
  if (!WITHOUT_ORDER.has(key) || !Array.isArray(value)) return value;
  return [
    ...new Set(
      value.map((item) => (typeof item === "string" && key !== "enum" ? item : JSON.stringify(item))),
    ),
  ].sort();
}

const DEFAULTS: Readonly<Record<string, readonly string[]>> = {
  additionalProperties: ["true", "{}"],
  unevaluatedProperties: ["true", "{}"],
  items: ["true", "{}"],
  minLength: ["0"],
  minItems: ["0"],
  minProperties: ["0"],
  uniqueItems: ["false"],
  required: ["[]"],
  properties: ["{}"],
  allOf: ["[]"],
  deprecated: ["false"],
  readOnly: ["false"],
  writeOnly: ["false"],
};

/** Whether a keyword with this value has no effect. */
export function isDefault(key: string, value: Json): boolean {
  if (!Object.hasOwn(DEFAULTS, key)) return false;
  if (typeof value === "object" && value !== null && Object.keys(value).length > 0) return false;
  return DEFAULTS[key]?.includes(JSON.stringify(value)) ?? false;
}

/** The same value with sorted object keys. */
export function sorted(node: Json): Json {
  if (Array.isArray(node)) return node.map(sorted);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, inner]): [string, Json] => [key, sorted(inner)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
