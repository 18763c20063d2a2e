import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  asDocument,
  follow,
  getAt,
  isObject,
  type Json,
  listOperations,
  memoize,
  type Operation,
} from "@dots-payouts/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const text = await readFile(join(import.meta.dirname, "../dist/openapi.json"), "utf8");

/** The description as all tools read it. */
export const bundle = asDocument(JSON.parse(text));

export const operations: readonly Operation[] = listOperations(bundle);

export function operationOf(id: string): Operation {
  const found = operations.find((operation) => operation.id === id);
  if (found === undefined) throw new Error(`there is no operation ${id}`);
  return found;
}

/** JSON Pointer to the schema of an operation's request body, or of its response with a status. */
export function schemaOf(id: string, status?: string): string {
  const { requestBody, responses } = operationOf(id);
  const owner = status === undefined ? requestBody : responses.find((response) => response.status === status);
  const schema = owner?.content.find(({ type }) => type === "application/json")?.schema;
  if (schema === undefined) throw new Error(`${id} has no schema for ${status ?? "its body"}`);
  return schema;
}

/** Each field of a schema on a line: type, format, values, rules. `a.b` is a field of the object `a`. */
export function fieldsOf(schema: string): Record<string, string> {
  const fields = new Map<string, string>();
  collect({ $ref: `#${encodeURI(schema)}` }, "", fields, []);
  return Object.fromEntries([...fields].sort(([one], [other]) => one.localeCompare(other)));
}

function collect(schema: Json, prefix: string, fields: Map<string, string>, required: readonly Json[]): void {
  for (const part of partsOf(schema)) {
    const needed = [...required, ...list(part["required"])];
    for (const [name, property] of Object.entries(isObject(part["properties"]) ? part["properties"] : {})) {
      fields.set(prefix + name, `${sayType(property)}${needed.includes(name) ? ", required" : ""}`);
      collect(property, `${prefix}${name}.`, fields, []);
    }
  }
}

/** A schema, what it refers to, and its parts. `anyOf` counts if it only adds null. */
function partsOf(schema: Json): Record<string, Json>[] {
  if (!isObject(schema)) return [];
  const referred = typeof schema["$ref"] === "string" ? [meaning(schema)] : [];
  return [schema, ...[...referred, ...list(schema["allOf"]), ...(orNull(schema) ?? [])].flatMap(partsOf)];
}

/** The other alternatives of an `anyOf` with null; `undefined` if there is no null. */
function orNull(schema: Json): Json[] | undefined {
  const ways = isObject(schema) ? list(schema["anyOf"]) : [];
  const others = ways.filter((way) => !isObject(way) || way["type"] !== "null");
  return others.length < ways.length ? others : undefined;
}

function meaning(schema: Json): Json {
  return follow(bundle, { node: schema, pointer: "" }).node;
}

function sayType(schema: Json): string {
  const parts = partsOf(schema);
  const find = (keyword: string): Json | undefined =>
    parts.find((part) => part[keyword] !== undefined)?.[keyword];
  const types = [find("type") ?? (find("allOf") === undefined ? "any" : "object"), orNull(schema) && "null"];
  const words = [types.flat().filter(Boolean).join(" or ")];
  if (find("format") !== undefined) words.push(String(find("format")));
  if (find("pattern") !== undefined) words.push("pattern");
  if (find("enum") !== undefined) words.push(`[${list(find("enum")).map(String).join(" ")}]`);
  if (find("exclusiveMinimum") !== undefined) words.push(`> ${find("exclusiveMinimum")}`);
  if (find("default") !== undefined) words.push(`= ${find("default")}`);
  const items = find("items");
  if (items !== undefined) words.push(`of ${sayItems(items)}`);
  if (find("uniqueItems") === true) words.push("each once");
  return words.join(" ");
}

function sayItems(items: Json): string {
  const ways = isObject(items) ? list(items["anyOf"]) : [];
  return ways.length === 0 ? sayType(items) : ways.map(sayType).join(" or ");
}

function list(value: Json | undefined): Json[] {
  return Array.isArray(value) ? value : [];
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(bundle, "bundle");
const validatorAt = memoize((schema: string) => ajv.compile({ $ref: `bundle#${encodeURI(schema)}` }));

/** The rules that a value breaks in the schema at a JSON Pointer; empty if it is valid. */
export function problems(schema: string, value: unknown): string[] {
  const validate = validatorAt(schema);
  return validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Whether an operation accepts a request body. */
export function takes(id: string, body: unknown): boolean {
  return problems(schemaOf(id), body).length === 0;
}

/** Whether an operation may return a response. */
export function gives(id: string, status: string, answer: unknown): boolean {
  return problems(schemaOf(id, status), answer).length === 0;
}

/** The value at a JSON Pointer. */
export function at(pointer: string): Json | undefined {
  return getAt(bundle, pointer);
}
