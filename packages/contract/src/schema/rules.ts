import {
  BRANCHES,
  follow,
  formatPointer,
  getAt,
  isObject,
  type Json,
  memoize,
  memoizeByObject,
  type OpenApiDocument,
} from "@dots-payouts/openapi";

/** A rule of a schema: one keyword at one place. */
export interface Rule {
  /** JSON Pointer into the value that it applies to; array items are at `0`. */
  readonly at: string;
  readonly keyword: string;
  /** JSON Pointer to the rule in the spec. */
  readonly place: string;
}

/** The keywords that a value can break. */
const ASSERTIONS = [
  "type",
  "enum",
  "const",
  "required",
  "format",
  "pattern",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
  "anyOf",
  "oneOf",
  "not",
  "if",
  "unevaluatedProperties",
];

/** All rules of a schema. */
export function allRules(document: OpenApiDocument, schema: string): readonly Rule[] {
  return rulesIn(document)(schema);
}

// Independent of the run, and each report needs them.
const rulesIn = memoizeByObject((document: OpenApiDocument) =>
  memoize((schema: string) => listRules(document, schema, undefined)),
);

/** The rules of a schema for what is in a value. */
export function rulesFor(document: OpenApiDocument, schema: string, value: Json): Rule[] {
  return listRules(document, schema, value);
}

/** @param value only the rules for what is in this value; `undefined` for all rules */
function listRules(document: OpenApiDocument, schema: string, value: Json | undefined): Rule[] {
  const rules = new Map<string, Rule>();
  const seen = new Set<string>();
  const visit = (node: Json | undefined, pointer: string, at: string, present: Json | undefined): void => {
    // A schema may contain itself: with a value the walk ends with the value, without one each schema is visited once.
    const visited = value === undefined ? pointer : `${pointer} ${at}`;
    if (!isObject(node) || seen.has(visited) || at.length > 400) return;
    seen.add(visited);
    for (const keyword of ASSERTIONS) {
      if (node[keyword] === undefined) continue;
      const place = `${pointer}/${keyword}`;
      if (!rules.has(place)) rules.set(place, { at, keyword, place });
    }
    if (typeof node["$ref"] === "string") {
      const target = follow(document, { node, pointer });
      visit(target.node, target.pointer, at, present);
    }
    for (const keyword of BRANCHES) {
      const branches = node[keyword];
      if (!Array.isArray(branches)) continue;
      for (const [index, branch] of branches.entries()) {
        visit(branch, `${pointer}/${keyword}/${index}`, at, present);
      }
    }
    for (const keyword of ["then", "else"]) visit(node[keyword], `${pointer}/${keyword}`, at, present);
    const properties = isObject(node["properties"]) ? Object.entries(node["properties"]) : [];
    for (const [name, property] of properties) {
      const inner = isObject(present) && Object.hasOwn(present, name) ? present[name] : undefined;
      if (value !== undefined && inner === undefined) continue;
      visit(
        property,
        `${pointer}${formatPointer(["properties", name])}`,
        `${at}${formatPointer([name])}`,
        inner,
      );
    }
    const items = value === undefined ? [undefined] : Array.isArray(present) ? present : [];
    for (const item of items) visit(node["items"], `${pointer}/items`, `${at}/0`, item);
  };
  visit(getAt(document, schema), schema, "", value);
  return [...rules.values()];
}
