import {
  follow,
  formatPointer,
  isObject,
  type Json,
  type JsonObject,
  type OpenApiDocument,
  type SchemaPart,
  schemaParts,
} from "@dots-payouts/openapi";

/** A field that is required under a condition about other fields. */
export interface Condition {
  /** The path of names to the field. */
  readonly path: readonly string[];
  /** When the field is required, in Markdown: `` `color.name` is `red` ``. */
  readonly when: string;
}

/**
 * The conditional requirements of the schema at `pointer`, from `if` with `then` and `else`, and from
 * `dependentRequired`.
 */
export function listConditions(document: OpenApiDocument, pointer: string): Condition[] {
  return schemaParts(document, pointer)
    .filter(({ alternative }) => !alternative)
    .flatMap((part) => [...branches(document, part), ...dependent(part)]);
}

/** The conditions of the schema at `pointer` as sentences, in Markdown. */
export function conditionSentences(document: OpenApiDocument, pointer: string): string[] {
  const byCondition = Map.groupBy(listConditions(document, pointer), ({ when }) => when);
  return [...byCondition].map(([when, needed]) => {
    const all = needed.map(({ path }) => path.join("."));
    // A field exists if a field inside it exists.
    const names = all.filter((name) => !all.some((other) => other.startsWith(`${name}.`)));
    return `${enumerate(names.map(code), "and")} ${names.length > 1 ? "are" : "is"} required when ${when}.`;
  });
}

function branches(document: OpenApiDocument, { node, pointer }: SchemaPart): Condition[] {
  const { if: condition } = node;
  if (!isObject(condition)) return [];
  const facts = factsOf(document, condition, `${pointer}/if`, []);
  // Conditions that can't be put into these words are left to the schema's description.
  if (facts === undefined || facts.length === 0) return [];
  const [first = ""] = facts;
  const otherwise = facts.length === 1 ? negated(first) : undefined;
  return [
    ...required(document, node["then"], `${pointer}/then`, []).map((path) => ({
      path,
      when: facts.join(" and "),
    })),
    ...(otherwise === undefined
      ? []
      : required(document, node["else"], `${pointer}/else`, []).map((path) => ({ path, when: otherwise }))),
  ];
}

function dependent({ node }: SchemaPart): Condition[] {
  const { dependentRequired } = node;
  if (!isObject(dependentRequired)) return [];
  return Object.entries(dependentRequired).flatMap(([given, names]) =>
    strings(names).map((name) => ({ path: [name], when: `${code(given)} is given` })),
  );
}

const KNOWN = new Set(["type", "required", "properties", "const", "enum", "title", "description"]);

/** The facts in a condition; `undefined` if it contains something that can't be described here. */
function factsOf(
  document: OpenApiDocument,
  schema: Json,
  pointer: string,
  path: readonly string[],
): string[] | undefined {
  const { node } = follow(document, { node: schema, pointer });
  if (!isObject(node)) return node === true ? [] : undefined;
  if (Object.keys(node).some((key) => !KNOWN.has(key))) return undefined;
  const name = code(path.join("."));
  const facts: string[] = [];
  if (node["const"] !== undefined) facts.push(`${name} is ${code(show(node["const"]))}`);
  if (Array.isArray(node["enum"])) {
    facts.push(`${name} is ${enumerate(node["enum"].map(show).map(code), "or")}`);
  }
  const properties: JsonObject = isObject(node["properties"]) ? node["properties"] : {};
  for (const [key, value] of Object.entries(properties)) {
    const inner = factsOf(document, value, pointer + formatPointer(["properties", key]), [...path, key]);
    if (inner === undefined) return undefined;
    facts.push(...inner);
  }
  for (const key of strings(node["required"])) {
    const said =
      Object.hasOwn(properties, key) && facts.some((fact) => fact.includes([...path, key].join(".")));
    if (!said) facts.push(`${code([...path, key].join("."))} is given`);
  }
  return facts;
}

/** The negation of a fact. */
function negated(fact: string): string {
  return fact.includes(" or ")
    ? fact.replace(" is ", " is neither ").replaceAll(" or ", " nor ")
    : fact.replace(" is ", " is not ");
}

/** The paths that a schema requires, relative to the whole value. */
function required(
  document: OpenApiDocument,
  schema: Json | undefined,
  pointer: string,
  path: readonly string[],
): (readonly string[])[] {
  if (!isObject(schema)) return [];
  return schemaParts(document, pointer)
    .filter(({ alternative }) => !alternative)
    .flatMap(({ node, pointer: place }) => {
      const { properties } = node;
      const nested = isObject(properties)
        ? Object.entries(properties).flatMap(([name, inner]) =>
            required(document, inner, place + formatPointer(["properties", name]), [...path, name]),
          )
        : [];
      return [...strings(node["required"]).map((name) => [...path, name]), ...nested];
    });
}

/** Joins words into a list: `a, b or c`. */
function enumerate(words: readonly string[], last: "and" | "or"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

function show(value: Json): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function code(text: string): string {
  return `\`${text}\``;
}

function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
