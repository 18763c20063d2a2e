import {
  isObject,
  type Json,
  leadToSchema,
  type OpenApiDocument,
  parsePointer,
  subschemas,
} from "@dots-payouts/openapi";

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
 * @param fitsMeta whether what is at a pointer elsewhere fits the meta-schema
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
    return (
      Object.entries(node).every(([keyword, value]) => this.#keyword(keyword, value, depth)) &&
      subschemas(node).every((child) => this.schema(child, depth + 1)) &&
      hasSoundType(node)
    );
  }

  #keyword(keyword: string, value: Json, depth: number): boolean {
    if (UNCERTAIN.includes(keyword)) return false;
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

/** Whether a shared schema is at a pointer, or one inside of it. */
function isShared(pointer: string): boolean {
  const [components, schemas, name, ...inside] = parsePointer(pointer);
  return components === "components" && schemas === "schemas" && name !== undefined && leadToSchema(inside);
}

/** The node at a pointer, where nothing on the way has its own base URI. */
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
