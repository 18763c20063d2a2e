import {
  isObject,
  type Json,
  leadToSchema,
  type OpenApiDocument,
  parsePointer,
  subschemas,
} from "@dots-payouts/openapi";

/** Keywords that change where references point, or that Ajv may refuse for its own reasons. */
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

/** Deeper than any hand-written schema. */
const DEEPEST = 500;

/**
 * Whether a schema that is valid against its meta-schema, like all below `/components/schemas`, is certain to compile.
 * Compiling every schema of a large document takes seconds; inspecting them takes almost no time. `false` means that
 * only compiling can tell.
 * @param fitsMeta whether the schema at another pointer is valid against the meta-schema
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
    // Schemas visited on the way to an uncertain one may depend on it through circular references.
    if (found) for (const target of visited) certain.add(target);
    return found;
  };
}

class Visit {
  readonly #schemaAt: (reference: string) => Json | undefined;
  readonly #certain: ReadonlySet<string>;
  readonly #visited: Set<string>;

  /** @param schemaAt what a reference points to, if that is known to be valid against the meta-schema */
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

  /** Whether references only point to each other. */
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

/** The node at a pointer, if nothing on the way has its own base URI. */
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

/** A pattern that the meta-schema accepts may be invalid with the Unicode flag. */
function isPattern(value: Json): boolean {
  try {
    return typeof value === "string" && new RegExp(value, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** Ajv supports OpenAPI 3.0's `nullable`, and requires a type next to it that does not contradict it. */
function hasSoundType(node: Readonly<Record<string, Json>>): boolean {
  const { nullable, type } = node;
  return nullable === undefined || (nullable === true && type !== undefined);
}
