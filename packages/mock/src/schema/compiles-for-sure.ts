import { isObject, type Json, type OpenApiDocument, parsePointer } from "@dots-payouts/openapi";

/** Keywords whose value is a schema, and that Ajv compiles with the schema that they stand in. */
const SINGLE = [
  "additionalProperties",
  "contains",
  "else",
  "if",
  "items",
  "not",
  "propertyNames",
  "then",
  "unevaluatedItems",
  "unevaluatedProperties",
];
const LISTS = ["allOf", "anyOf", "oneOf", "prefixItems"];
const MAPS = ["dependentSchemas", "patternProperties", "properties"];

/** Where a reference may lead to what the meta-schema has seen as a schema, besides the keywords above. */
const DEFINITIONS = ["$defs", "definitions"];

/** Keywords that change where references lead, or that Ajv may refuse for reasons of its own. */
const UNCERTAIN = [
  "$anchor",
  "$async",
  "$dynamicAnchor",
  "$dynamicRef",
  "$id",
  "$recursiveAnchor",
  "$recursiveRef",
  "dependencies",
  "id",
];

/** Deeper than any schemas that a person has written. */
const DEEPEST = 500;

/**
 * Says of a schema that is known to fit its meta-schema, as all below `/components/schemas` are, whether it is certain
 * to compile. To compile every schema of a large document takes seconds; to look at each takes none. `false` means that
 * only compiling can tell.
 * @param fitsMeta whether what stands at a pointer elsewhere fits the meta-schema
 */
export function certainSchemas(
  document: OpenApiDocument,
  fitsMeta: (pointer: string) => boolean,
): (pointer: string) => boolean {
  const certain = new Set<string>();
  const schemaAt = (reference: string): Json | undefined => {
    if (!/^#(\/([\w.-]|~[01])+)+$/.test(reference)) return undefined;
    const pointer = reference.slice(1);
    return isShared(pointer) || fitsMeta(pointer) ? nodeAt(document, pointer) : undefined;
  };
  return (pointer) => {
    const visited = new Set<string>();
    const node = nodeAt(document, pointer);
    const found = node !== undefined && new Visit(schemaAt, certain, visited).schema(node, 0);
    // What was looked at on the way to something uncertain may depend on it, by a circle of references.
    if (found) for (const target of visited) certain.add(target);
    return found;
  };
}

class Visit {
  readonly #schemaAt: (reference: string) => Json | undefined;
  readonly #certain: ReadonlySet<string>;
  readonly #visited: Set<string>;

  /** @param schemaAt what a reference leads to, where that is known to fit the meta-schema */
  constructor(
    schemaAt: (reference: string) => Json | undefined,
    certain: ReadonlySet<string>,
    visited: Set<string>,
  ) {
    this.#schemaAt = schemaAt;
    this.#certain = certain;
    this.#visited = visited;
  }

  schema(node: Json, depth: number): boolean {
    if (typeof node === "boolean") return true;
    if (!isObject(node) || depth > DEEPEST) return false;
    for (const keyword of Object.keys(node)) {
      if (!this.#keyword(keyword, node[keyword] ?? null, depth)) return false;
    }
    return hasSoundType(node);
  }

  #keyword(keyword: string, value: Json, depth: number): boolean {
    if (UNCERTAIN.includes(keyword)) return false;
    if (SINGLE.includes(keyword)) return this.schema(value, depth + 1);
    if (LISTS.includes(keyword)) return this.#all(Array.isArray(value) ? value : undefined, depth);
    if (MAPS.includes(keyword) && !this.#all(isObject(value) ? Object.values(value) : undefined, depth)) {
      return false;
    }
    switch (keyword) {
      case "$ref":
        return this.#reference(value, depth);
      case "enum":
        return Array.isArray(value) && value.length > 0;
      case "pattern":
        return isPattern(value);
      case "patternProperties":
        return isObject(value) && Object.keys(value).every(isPattern);
      default:
        return true;
    }
  }

  #all(nodes: readonly Json[] | undefined, depth: number): boolean {
    return nodes?.every((node) => this.schema(node, depth + 1)) ?? false;
  }

  #reference(reference: Json, depth: number): boolean {
    if (typeof reference !== "string") return false;
    if (this.#certain.has(reference) || this.#visited.has(reference)) return true;
    const target = this.#schemaAt(reference);
    if (target === undefined || this.#leadsInCircle(target)) return false;
    this.#visited.add(reference);
    return this.schema(target, depth + 1);
  }

  /** Whether references lead to nothing but each other. */
  #leadsInCircle(start: Json): boolean {
    const way = new Set<Json>();
    let node: Json | undefined = start;
    while (isObject(node) && typeof node["$ref"] === "string") {
      if (way.has(node)) return true;
      way.add(node);
      node = this.#schemaAt(node["$ref"]);
    }
    return false;
  }
}

/** Whether a shared schema stands at a pointer, or one inside of it. */
function isShared(pointer: string): boolean {
  const [components, schemas, name, ...inside] = parsePointer(pointer);
  return components === "components" && schemas === "schemas" && name !== undefined && leadsToSchema(inside);
}

function leadsToSchema(tokens: readonly string[]): boolean {
  const [keyword, ...rest] = tokens;
  if (keyword === undefined) return true;
  if (SINGLE.includes(keyword)) return leadsToSchema(rest);
  return (
    [...LISTS, ...MAPS, ...DEFINITIONS].includes(keyword) && rest.length > 0 && leadsToSchema(rest.slice(1))
  );
}

/** The node at a pointer, where nothing on the way has a base URI of its own. */
function nodeAt(document: OpenApiDocument, pointer: string): Json | undefined {
  let node: Json | undefined = document;
  for (const token of parsePointer(pointer)) {
    const child: Json | undefined = Array.isArray(node)
      ? node[Number(token)]
      : isObject(node) && Object.hasOwn(node, token)
        ? node[token]
        : undefined;
    if (child === undefined || (isObject(node) && Object.hasOwn(node, "$id"))) return undefined;
    node = child;
  }
  return node;
}

/** What the meta-schema takes for a pattern need not be one where it is read as Unicode. */
function isPattern(value: Json): boolean {
  try {
    return typeof value === "string" && new RegExp(value, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** Ajv knows OpenAPI 3.0's `nullable`, and wants it beside a type that it does not contradict. */
function hasSoundType(node: Readonly<Record<string, Json>>): boolean {
  const { nullable, type } = node;
  return nullable === undefined || (nullable === true && type !== undefined);
}
