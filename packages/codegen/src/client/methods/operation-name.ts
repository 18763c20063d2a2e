import { camelCase } from "../../text/names.ts";

/** Names that mean something else where operations are named in the generated source. */
const TAKEN = new Set([
  "body",
  "call",
  "connect",
  "fillPath",
  "list",
  "messageAt",
  "operations",
  "options",
  "query",
  "someAreEmpty",
  "someArePlain",
  "someHaveHeaders",
]);

/** The name of the constant that stands for an operation. */
export function operationName(id: string): string {
  const name = camelCase(id);
  return TAKEN.has(name) ? `${name}_` : name;
}
