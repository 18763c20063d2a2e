import { readFileSync } from "node:fs";

const SHOP = readFileSync(new URL("./shop.yaml", import.meta.url), "utf8");
const MORE = readFileSync(new URL("./more-operations.yaml", import.meta.url), "utf8");

/** A description for the tests of edits, instead of the real one: a resource with a complete life, and refunds. */
export function shopSpec(): string {
  return addOperations(addFacts(SHOP));
}

/** Replaces what has to occur once. */
export function replaceOnce(text: string, find: string, put: string): string {
  if (text.split(find).length !== 2) throw new Error(`${find} has to occur once in the spec`);
  return text.replace(find, put);
}

/** Adds operations that list, read, change and cancel the resources that one operation creates. */
function addOperations(spec: string): string {
  const [list = "", others = ""] = MORE.split(/^(?=\/v1)/m).map((paths) =>
    paths.replaceAll(/^(?=.)/gm, "  "),
  );
  const related = replaceOnce(
    replaceOnce(spec, "  /v1/orders:\n", `${list.trimEnd()}\n`),
    "  /v1/refunds:\n",
    `${others.trimEnd()}\n\n  /v1/refunds:\n`,
  );
  const client = "      x-client: orders.create\n";
  return replaceOnce(related, client, `${client}      x-resource: { kind: order, does: create, id: /id }\n`);
}

/** Adds an echoed field, a value of an enumeration, and a rule. */
function addFacts(spec: string): string {
  const note = "    Note:\n      type: string\n";
  const withRule = replaceOnce(spec, note, `${note}      minLength: 2\n`);
  const withValue = replaceOnce(withRule, "enum: [packing,", "enum: [face-to-face, packing,");
  const echo = "          x-echo:\n";
  const echoed = replaceOnce(withValue, echo, `${echo}            /reference: /reference\n`);
  return addField(addField(echoed, "NewOrder"), "Order");
}

function addField(spec: string, schema: string): string {
  const [head = "", rest = ""] = spec.split(`\n    ${schema}:\n`);
  const field =
    "        reference:\n          type: string\n          description: A reference of your own.\n";
  const properties = "      properties:\n";
  return `${head}\n    ${schema}:\n${rest.replace(properties, properties + field)}`;
}

/** Removes an operation, and what only this operation used. */
export function removeRefunds(spec: string): string {
  return spec
    .replace(/^ {2}\/v1\/refunds:\n(?: {4}.*\n|\n)*/m, "")
    .replace(/^ {2}- name: Refunds\n.*\n/m, "")
    .replace(/^ {4}Refund:\n(?: {5,}.*\n|\n)*/m, "");
}
