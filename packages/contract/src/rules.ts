import {
  follow,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type OpenApiDocument,
} from "@dots-payouts/openapi";

/** A rule of a schema: one keyword at one place. */
export interface Rule {
  /** JSON Pointer into the value that it is about; items of arrays stand at `0`. */
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
];

/**
 * The rules that a schema has for a value.
 * @param value only the rules for what is in this value; all rules where it is left out
 */
export function listRules(document: OpenApiDocument, schema: string, value?: Json): Rule[] {
  const rules = new Map<string, Rule>();
  const seen = new Set<string>();
  const visit = (pointer: string, at: string, present: Json | undefined): void => {
    const node = getAt(document, pointer);
    // A schema may contain itself: with a value the walk ends with the value.
    if (!isObject(node) || seen.has(`${pointer} ${at}`) || at.length > 400) return;
    seen.add(`${pointer} ${at}`);
    for (const keyword of ASSERTIONS) {
      if (node[keyword] === undefined) continue;
      const place = `${pointer}/${keyword}`;
      if (!rules.has(place)) rules.set(place, { at, keyword, place });
    }
    if (typeof node["$ref"] === "string") visit(follow(document, { node, pointer }).pointer, at, present);
    for (const keyword of ["allOf", "anyOf", "oneOf"]) {
      const branches = node[keyword];
      if (!Array.isArray(branches)) continue;
      for (const index of branches.keys()) visit(`${pointer}/${keyword}/${index}`, at, present);
    }
    for (const keyword of ["then", "else"]) visit(`${pointer}/${keyword}`, at, present);
    const properties = isObject(node["properties"]) ? Object.keys(node["properties"]) : [];
    for (const name of properties) {
      const inner = isObject(present) && Object.hasOwn(present, name) ? present[name] : undefined;
      if (value !== undefined && inner === undefined) continue;
      visit(`${pointer}${formatPointer(["properties", name])}`, `${at}${formatPointer([name])}`, inner);
    }
    if (!isObject(node["items"])) return;
    const items = Array.isArray(present) ? present : [];
    if (value === undefined) visit(`${pointer}/items`, `${at}/0`, undefined);
    for (const item of items) visit(`${pointer}/items`, `${at}/0`, item);
  };
  visit(schema, "", value);
  return [...rules.values()];
}
