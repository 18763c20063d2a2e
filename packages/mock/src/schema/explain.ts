import { formatPointer, isObject, type Json } from "@dots-payouts/openapi";
import type { Reason } from "../wire/refusal.ts";
import { alternativesReason } from "./explain-alternatives.ts";
import { type Finding, phrase } from "./phrase.ts";
import type { SchemaPlace } from "./schema-place.ts";

/** More reasons than anyone reads; a request can contain a million mistakes. */
const MOST_REASONS = 100;

/**
 * Every reason why a value does not match a schema, in the order of the schema.
 * @param path where the value is; empty for the body as a whole
 */
export function explain(schema: SchemaPlace, value: Json, path: readonly string[] = []): readonly Finding[] {
  const found = new Walk().findings(schema, { value, path, because: undefined });
  // Rules across keywords are not part of the walk.
  if (found.length > 0) return found;
  return schema.errors(value).map((error) => phrase(error, formatPointer(path), undefined));
}

/** What is reported to the caller. */
export function asReason({ path, code, text, because }: Finding): Reason {
  return { path, code, message: because === undefined ? text : `${text}. ${because}` };
}

/** A value, its place in the body, and the description of the current condition. */
interface Spot {
  readonly value: Json;
  readonly path: readonly string[];
  readonly because: string | undefined;
}

class Walk {
  readonly #found = new Map<string, Finding>();

  findings(schema: SchemaPlace, spot: Spot): Finding[] {
    this.#visit(schema, spot);
    return [...this.#found.values()];
  }

  #visit(schema: SchemaPlace, spot: Spot): void {
    if (this.#isFull() || schema.fits(spot.value)) return;
    const { value, path, because } = spot;
    if (schema.node === false) {
      const error = { keyword: "false schema", instancePath: formatPointer(path), params: {} };
      this.#add({ ...phrase(error, "", because), code: "false" });
    }
    for (const referred of schema.at("$ref")) this.#visit(referred, spot);
    this.#visitOwn(schema, spot);
    for (const branch of schema.at("allOf")) this.#visit(branch, spot);
    for (const keyword of ["anyOf", "oneOf"]) this.#visitAlternatives(schema, keyword, spot);
    this.#visitCondition(schema, spot);
    if (isObject(value)) {
      this.#visitProperties(schema, value, spot);
      for (const name of schema.unknownNames(value)) this.#addUnknown([...path, name], because);
    }
    if (Array.isArray(value) && schema.at("prefixItems").length === 0) this.#visitItems(schema, value, spot);
  }

  #visitOwn(schema: SchemaPlace, { value, path, because }: Spot): void {
    const errors = schema.broken(value);
    // A value of the wrong type also breaks rules that are meaningless for it.
    const wrongType = errors.filter(({ keyword }) => keyword === "type");
    const told = wrongType.length > 0 ? wrongType : errors;
    for (const error of told) this.#add(phrase(error, formatPointer(path), because));
  }

  #visitAlternatives(schema: SchemaPlace, keyword: string, spot: Spot): void {
    const ways = schema.at(keyword);
    if (ways.length === 0) return;
    const met = ways.filter((way) => way.fits(spot.value)).length;
    if (met === 1 || (met > 1 && keyword === "anyOf")) return;
    const failures = met > 1 ? [] : ways.map((way) => new Walk().findings(way, spot));
    for (const finding of alternativesReason(failures, keyword, spot.path)) {
      this.#add({ ...finding, because: spot.because });
    }
  }

  #visitCondition(schema: SchemaPlace, spot: Spot): void {
    const [condition] = schema.at("if");
    if (condition === undefined) return;
    const because = schema.description ?? spot.because;
    for (const rule of schema.at(condition.fits(spot.value) ? "then" : "else"))
      this.#visit(rule, { ...spot, because });
  }

  #visitProperties(
    schema: SchemaPlace,
    value: Readonly<Record<string, Json>>,
    { path, because }: Spot,
  ): void {
    for (const [name, property] of schema.properties) {
      const child = Object.hasOwn(value, name) ? value[name] : undefined;
      if (child !== undefined) this.#visit(property, { value: child, path: [...path, name], because });
    }
  }

  #visitItems(schema: SchemaPlace, value: readonly Json[], { path, because }: Spot): void {
    for (const items of schema.at("items")) {
      for (const [index, child] of value.entries()) {
        if (this.#isFull()) return;
        if (items.fits(child)) continue;
        this.#visit(items, { value: child, path: [...path, String(index)], because });
      }
    }
  }

  #addUnknown(path: readonly string[], because: string | undefined): void {
    const error = { keyword: "unevaluatedProperties", instancePath: formatPointer(path), params: {} };
    this.#add(phrase(error, "", because));
  }

  #add(finding: Finding): void {
    const key = `${finding.code} ${finding.path}`;
    if (!this.#found.has(key) && !this.#isFull()) this.#found.set(key, finding);
  }

  #isFull(): boolean {
    return this.#found.size >= MOST_REASONS;
  }
}
