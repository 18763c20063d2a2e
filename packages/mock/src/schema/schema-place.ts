import {
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  listProperties,
  memoize,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";
import type { ErrorObject } from "ajv/dist/2020.js";
import type { Schemas, Validator } from "./validators.ts";

/** Keywords that contain other schemas; the rest are a schema's own rules. */
const LEADING = [
  ...["$ref", "$defs", "allOf", "anyOf", "oneOf", "if", "then", "else", "properties", "items"],
  // It depends on what the others have evaluated.
  "unevaluatedProperties",
];

/** A schema and the schemas reachable from it, looked up once instead of for every refused request. */
export class SchemaPlace {
  readonly node: Json;
  readonly pointer: string;
  readonly #document: OpenApiDocument;
  readonly #schemas: Schemas;
  readonly #known = new Map<string, readonly SchemaPlace[]>();
  #properties: readonly (readonly [string, SchemaPlace])[] | undefined;
  #validator: Validator | undefined;
  #declared: ReadonlySet<string> | undefined;

  constructor(document: OpenApiDocument, schemas: Schemas, pointer: string, node: Json | undefined) {
    this.#document = document;
    this.#schemas = schemas;
    this.pointer = pointer;
    this.node = node ?? true;
  }

  fits(value: Json): boolean {
    this.#validator ??= this.#schemas.at(this.pointer);
    return this.#validator(value);
  }

  /** The first error of the validator for a value. */
  errors(value: Json): readonly ErrorObject[] {
    return this.fits(value) ? [] : (this.#validator?.errors ?? []);
  }

  /** The schema's own rules that a value breaks. */
  broken(value: Json): readonly ErrorObject[] {
    return this.#schemas.broken(this.pointer, () => ownRules(this.node), value);
  }

  /** The schema's description. */
  get description(): string | undefined {
    const text = isObject(this.node) ? this.node["description"] : undefined;
    return typeof text === "string" ? text.trim() : undefined;
  }

  /** The schema under a keyword, or those in its list; references are followed. Empty if there is no such keyword. */
  at(keyword: string): readonly SchemaPlace[] {
    const known = this.#known.get(keyword) ?? this.#find(keyword);
    this.#known.set(keyword, known);
    return known;
  }

  /** The names in an object that a closed schema does not declare. */
  unknownNames(value: JsonObject): readonly string[] {
    if (!isObject(this.node) || this.node["unevaluatedProperties"] !== false) return [];
    this.#declared ??= new Set(listProperties(this.#document, this.pointer).map(({ name }) => name));
    return Object.keys(value).filter((name) => this.#declared?.has(name) !== true);
  }

  get properties(): readonly (readonly [string, SchemaPlace])[] {
    this.#properties ??= this.#entries();
    return this.#properties;
  }

  #find(keyword: string): readonly SchemaPlace[] {
    const child = isObject(this.node) ? this.node[keyword] : undefined;
    if (child === undefined) return [];
    if (keyword === "$ref") {
      // Only one step, because the target may have rules next to its own reference.
      const [, target] = referenceHops(this.#document, this);
      return target === undefined ? [] : [this.#to(target.pointer)];
    }
    const pointer = `${this.pointer}/${keyword}`;
    return Array.isArray(child)
      ? child.map((_, index) => this.#to(`${pointer}/${index}`))
      : [this.#to(pointer)];
  }

  #entries(): (readonly [string, SchemaPlace])[] {
    const names = isObject(this.node) && isObject(this.node["properties"]) ? this.node["properties"] : {};
    return Object.keys(names).map((name) => [
      name,
      this.#to(`${this.pointer}${formatPointer(["properties", name])}`),
    ]);
  }

  #to(pointer: string): SchemaPlace {
    return new SchemaPlace(this.#document, this.#schemas, pointer, getAt(this.#document, pointer));
  }
}

/** The places of a document's schemas, by their JSON Pointer. */
export function schemaPlaces(document: OpenApiDocument, schemas: Schemas): (pointer: string) => SchemaPlace {
  return memoize((pointer) => new SchemaPlace(document, schemas, pointer, getAt(document, pointer)));
}

function ownRules(node: Json): JsonObject {
  if (!isObject(node)) return {};
  const own = Object.fromEntries(Object.entries(node).filter(([keyword]) => !LEADING.includes(keyword)));
  const { additionalProperties, properties } = node;
  if (additionalProperties === undefined || !isObject(properties)) return own;
  // Additional properties are those that are not listed.
  return { ...own, properties: Object.fromEntries(Object.keys(properties).map((name) => [name, true])) };
}
