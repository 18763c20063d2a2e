import {
  follow,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { alternativesReason } from "./alternatives.ts";
import { type Finding, nameOf, phrase } from "./phrase.ts";
import type { Reason } from "./refusal.ts";
import type { Schemas } from "./schemas.ts";

/** More reasons than anyone reads; a request can hold a million mistakes. */
const MOST_REASONS = 100;

/** Keywords that lead to other schemas: they are walked, so that a reason says which branch it belongs to. */
const WALKED = ["$ref", "$defs", "allOf", "anyOf", "oneOf", "if", "then", "else", "properties", "items"];

/** Every reason why a value does not fit the schema at `pointer`, in the order of the schema. */
export function explain(
  document: OpenApiDocument,
  schemas: Schemas,
  pointer: string,
  value: Json,
): readonly Finding[] {
  const root = { node: getAt(document, pointer) ?? true, pointer };
  const found = new Walk(document, schemas).findings(root, { value, path: [], because: undefined });
  if (found.length > 0) return found;
  // Rules that hold between keywords have no place of their own in the walk.
  schemas.at(pointer)(value);
  return (schemas.at(pointer).errors ?? []).map((error) => phrase(error, "", undefined));
}

/** What is told to the caller. */
export function asReason({ path, code, text, because }: Finding): Reason {
  return { path, code, message: because === undefined ? text : `${text}. ${because}` };
}

/** A value, where it stands in the body, and the description of the condition that is looked at. */
interface Spot {
  readonly value: Json;
  readonly path: readonly string[];
  readonly because: string | undefined;
}

class Walk {
  readonly #document: OpenApiDocument;
  readonly #schemas: Schemas;
  readonly #found = new Map<string, Finding>();

  constructor(document: OpenApiDocument, schemas: Schemas) {
    this.#document = document;
    this.#schemas = schemas;
  }

  findings(schema: Located, spot: Spot): Finding[] {
    this.#visit(schema, spot);
    return [...this.#found.values()];
  }

  #visit(schema: Located, spot: Spot): void {
    const { node, pointer } = schema;
    if (this.#isFull()) return;
    if (!isObject(node)) {
      if (node === false)
        this.#add({ ...at(spot), code: "false", text: `${nameOf(spot.path)} is not allowed` });
      return;
    }
    if (typeof node["$ref"] === "string") this.#visit(follow(this.#document, schema), spot);
    this.#visitOwn(node, pointer, spot);
    for (const branch of branches(node, pointer, "allOf")) {
      if (!this.#schemas.at(branch.pointer)(spot.value)) this.#visit(branch, spot);
    }
    for (const keyword of ["anyOf", "oneOf"]) this.#visitAlternatives(node, pointer, keyword, spot);
    this.#visitCondition(node, pointer, spot);
    this.#visitProperties(node, pointer, spot);
    this.#visitItems(node, pointer, spot);
  }

  #visitOwn(node: JsonObject, pointer: string, { value, path, because }: Spot): void {
    const errors = this.#schemas.broken(pointer, () => ownRules(node), value);
    // A value of the wrong type breaks rules that mean nothing for it.
    const wrongType = errors.filter(({ keyword }) => keyword === "type");
    const told = wrongType.length > 0 ? wrongType : errors;
    for (const error of told) this.#add(phrase(error, formatPointer(path), because));
  }

  #visitAlternatives(node: JsonObject, pointer: string, keyword: string, spot: Spot): void {
    const ways = branches(node, pointer, keyword);
    if (ways.length === 0) return;
    const met = ways.filter((way) => this.#schemas.at(way.pointer)(spot.value)).length;
    if (met === 1 || (met > 1 && keyword === "anyOf")) return;
    const failures = ways.map((way) => new Walk(this.#document, this.#schemas).findings(way, spot));
    for (const finding of alternativesReason(met > 1 ? [] : failures, keyword, spot.path)) {
      this.#add({ ...finding, because: spot.because });
    }
  }

  #visitCondition(node: JsonObject, pointer: string, spot: Spot): void {
    if (node["if"] === undefined) return;
    const branch = this.#schemas.at(`${pointer}/if`)(spot.value) ? "then" : "else";
    const schema = node[branch];
    if (schema === undefined) return;
    const because = typeof node["description"] === "string" ? node["description"].trim() : spot.because;
    this.#visit({ node: schema, pointer: `${pointer}/${branch}` }, { ...spot, because });
  }

  #visitProperties(node: JsonObject, pointer: string, { value, path, because }: Spot): void {
    if (!isObject(value) || !isObject(node["properties"])) return;
    for (const [name, schema] of Object.entries(node["properties"])) {
      const child = Object.hasOwn(value, name) ? value[name] : undefined;
      if (child === undefined) continue;
      const place = { node: schema, pointer: `${pointer}${formatPointer(["properties", name])}` };
      if (!this.#schemas.at(place.pointer)(child))
        this.#visit(place, { value: child, path: [...path, name], because });
    }
  }

  #visitItems(node: JsonObject, pointer: string, { value, path, because }: Spot): void {
    const items = node["items"];
    if (!Array.isArray(value) || items === undefined || node["prefixItems"] !== undefined) return;
    const fits = this.#schemas.at(`${pointer}/items`);
    for (const [index, child] of value.entries()) {
      if (this.#isFull()) return;
      if (fits(child)) continue;
      const place = { node: items, pointer: `${pointer}/items` };
      this.#visit(place, { value: child, path: [...path, String(index)], because });
    }
  }

  #add(finding: Finding): void {
    const key = `${finding.code} ${finding.path}`;
    if (!this.#found.has(key) && !this.#isFull()) this.#found.set(key, finding);
  }

  #isFull(): boolean {
    return this.#found.size >= MOST_REASONS;
  }
}

function ownRules(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([keyword]) => !WALKED.includes(keyword)));
}

function branches(node: JsonObject, pointer: string, keyword: string): Located[] {
  const list = node[keyword];
  if (!Array.isArray(list)) return [];
  return list.map((branch, index) => ({ node: branch, pointer: `${pointer}/${keyword}/${index}` }));
}

function at({ path, because }: Spot): { readonly path: string; readonly because: string | undefined } {
  return { path: formatPointer(path), because };
}
