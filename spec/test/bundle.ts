import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const bundle: unknown = JSON.parse(await readFile(join(import.meta.dirname, "../dist/openapi.json"), "utf8"));

/** What stands under these keys of the bundle; references on the way are followed, the last one too. */
export function at(...keys: string[]): unknown {
  return keys.reduce((node, key) => follow(isNode(node) ? node[key] : undefined), bundle);
}

function follow(node: unknown): unknown {
  if (!isNode(node) || typeof node["$ref"] !== "string") return node;
  return at(...node["$ref"].slice(2).split("/"));
}

/** The schema of a JSON request body, or of a response with this status. */
export function schemaOf(path: string, status?: string): unknown {
  const owner = status === undefined ? ["requestBody"] : ["responses", status];
  return at("paths", path, "post", ...owner, "content", "application/json", "schema");
}

/** Each field of a schema, in a line: type, format, values, rules. `a.b` is a field of the object `a`. */
export function fieldsOf(schema: unknown): Record<string, string> {
  const fields = new Map<string, string>();
  collect(follow(schema), "", fields, new Set());
  return Object.fromEntries([...fields].sort(([one], [other]) => one.localeCompare(other)));
}

function collect(
  schema: unknown,
  prefix: string,
  fields: Map<string, string>,
  required: ReadonlySet<unknown>,
): void {
  if (!isNode(schema)) return;
  const needed = new Set([...required, ...list(schema["required"])]);
  // anyOf only says which of the fields have to be there; the rules are tested on values.
  for (const part of list(schema["allOf"])) collect(follow(part), prefix, fields, new Set());
  if (!isNode(schema["properties"])) return;
  for (const [name, property] of Object.entries(schema["properties"])) {
    const meaning = follow(property);
    fields.set(prefix + name, `${sayType(meaning)}${needed.has(name) ? ", required" : ""}`);
    collect(meaning, `${prefix}${name}.`, fields, new Set());
  }
}

function sayType(schema: unknown): string {
  if (!isNode(schema)) return "nothing";
  const types = [schema["type"] ?? (schema["allOf"] === undefined ? "any" : "object")].flat();
  const words = [types.join(" or ")];
  if (schema["format"] !== undefined) words.push(String(schema["format"]));
  if (schema["enum"] !== undefined) words.push(`[${list(schema["enum"]).join(" ")}]`);
  if (schema["exclusiveMinimum"] !== undefined) words.push(`> ${schema["exclusiveMinimum"]}`);
  if (schema["default"] !== undefined) words.push(`= ${schema["default"]}`);
  if (schema["items"] !== undefined) words.push(`of ${sayType(follow(schema["items"]))}`);
  return words.join(" ");
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value.map((item) => item ?? "null") : [];
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
if (!isNode(bundle)) throw new Error("the bundle is not an object");
ajv.addSchema(bundle, "bundle");

/** Whether a request body is one that the operation takes. */
export function takes(path: string, body: unknown): boolean {
  const tokens = ["paths", path, "post", "requestBody", "content", "application/json", "schema"];
  const pointer = tokens.map((token) => token.replaceAll("/", "~1")).join("/");
  return ajv.validate({ $ref: `bundle#/${pointer}` }, body);
}
