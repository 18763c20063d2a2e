import { camelCase } from "../../text/names.ts";

/** Names with another meaning in the generated source. */
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

/** The name of an operation's constant. */
export function operationName(id: string): string {
  const name = camelCase(id);
  return TAKEN.has(name) ? `${name}_` : name;
}
