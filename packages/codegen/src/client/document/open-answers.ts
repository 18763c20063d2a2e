import {
  changeNodes,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  memoizeByObject,
  type OpenApiDocument,
  type Walk,
} from "@dots-payouts/openapi";
import { spellMappings } from "./spell-mappings.ts";

const SCHEMAS = "#/components/schemas/";

/**
 * The document with the enumerations of its answers opened: a value that the API adds later is a string too. Those of
 * requests stay closed, so that a mistyped one does not compile. A schema that is used both ways and lists values gets
 * a twin for answers, called `…Answer`.
 * @param alternatives how the alternatives of answers are told: with more values allowed, several may fit
 */
export function openAnswers(
  given: OpenApiDocument,
  alternatives: "oneOf" | "anyOf" = "oneOf",
): OpenApiDocument {
  const { document, known, requests, answers, twins } = readAnswers(given);
  const change = (node: JsonObject, walk: Walk): JsonObject => open(node, walk, { twins, alternatives });
  const opened: [string, Json][] = Object.entries(known).flatMap(([name, schema]): [string, Json][] => {
    if (twins.has(name)) {
      return [
        [name, schema],
        [`${name}Answer`, changeNodes(schema, change)],
      ];
    }
    return [[name, answers.has(name) && !requests.has(name) ? changeNodes(schema, change) : schema]];
  });
  const openResponses = (owner: JsonObject): JsonObject =>
    changeNodes(owner, (node, walk) => {
      const { responses, ...rest } = node;
      if (responses === undefined) return walk.below(node);
      return { ...node, ...walk.below(rest), ...changeNodes({ responses }, change) };
    });
  const { schemas: _, ...components } = objectAt(document, "components");
  return {
    ...document,
    paths: openResponses(objectAt(document, "paths")),
    components: { ...openResponses(components), schemas: Object.fromEntries(opened) },
  };
}

interface Use {
  /** The names of the component schemas that requests and answers lead to. */
  readonly requests: ReadonlySet<string>;
  readonly answers: ReadonlySet<string>;
}

interface Reading extends Use {
  readonly document: OpenApiDocument;
  /** The component schemas. */
  readonly known: JsonObject;
  readonly twins: ReadonlySet<string>;
}

const readAnswers = memoizeByObject((given: OpenApiDocument): Reading => {
  const document = spellMappings(given);
  const schemas = getAt(document, "/components/schemas");
  const known = isObject(schemas) ? schemas : {};
  const { requests, answers } = usedBy(document);
  const twins = new Set(
    [...answers].filter((name) => requests.has(name) && listsValues(document, known[name] ?? null)),
  );
  return { document, known, requests, answers, twins };
});

interface Opening {
  readonly twins: ReadonlySet<string>;
  readonly alternatives: "oneOf" | "anyOf";
}

function open(node: JsonObject, walk: Walk, opening: Opening): JsonObject {
  const values = node["enum"];
  // A single value tells one alternative from the next.
  if (Array.isArray(values) && values.length > 1 && values.some((value) => typeof value === "string")) {
    const { enum: _, type, description = "", ...rest } = node;
    const known = `Known values: ${values.map((value) => `\`${value}\``).join(", ")}.`;
    return { ...rest, type: type ?? typesOf(values), description: `${description}\n\n${known}`.trim() };
  }
  const { $ref: reference, discriminator } = node;
  const opened = {
    ...walk.below(node),
    ...(isTwin(reference, opening) ? { $ref: `${String(reference)}Answer` } : {}),
    ...(isObject(discriminator) ? { discriminator: openMapping(discriminator, opening) } : {}),
  };
  const isChoice = Array.isArray(node["oneOf"]) && node["anyOf"] === undefined;
  return isChoice ? renamed(opened, "oneOf", opening.alternatives) : opened;
}

function renamed(node: JsonObject, from: string, to: string): JsonObject {
  return from === to
    ? node
    : Object.fromEntries(Object.entries(node).map(([key, value]) => [key === from ? to : key, value]));
}

function isTwin(reference: Json | undefined, { twins }: Opening): boolean {
  const name = schemaName(reference);
  return name !== undefined && twins.has(name);
}

function openMapping(discriminator: JsonObject, opening: Opening): JsonObject {
  const mapping = isObject(discriminator["mapping"]) ? discriminator["mapping"] : {};
  const opened = Object.entries(mapping).map(([value, reference]): [string, Json] => [
    value,
    isTwin(reference, opening) ? `${String(reference)}Answer` : reference,
  ]);
  return { ...discriminator, mapping: Object.fromEntries(opened) };
}

/** The JSON types of values. */
function typesOf(values: readonly Json[]): Json {
  const types = values.map((value) => {
    if (value === null) return "null";
    return Array.isArray(value) ? "array" : typeof value;
  });
  const [first = "string", ...others] = new Set(types);
  return others.length === 0 ? first : [first, ...others];
}

function usedBy(document: OpenApiDocument): Use {
  const requests = new Set<string>();
  const answers = new Set<string>();
  const visit = (node: Json, inAnswer: boolean, seen: Set<string>): void => {
    if (Array.isArray(node)) for (const item of node) visit(item, inAnswer, seen);
    if (!isObject(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "$ref" && typeof value === "string") {
        const place = `${inAnswer} ${value}`;
        const name = schemaName(value);
        if (name !== undefined) (inAnswer ? answers : requests).add(name);
        if (seen.has(place)) continue;
        seen.add(place);
        visit(getAt(document, decodeURIComponent(value.slice(1))) ?? null, inAnswer, seen);
      } else visit(value, inAnswer || key === "responses", seen);
    }
  };
  visit(document["paths"] ?? null, false, new Set());
  return { requests, answers };
}

function listsValues(document: OpenApiDocument, node: Json, seen: Set<string> = new Set()): boolean {
  if (Array.isArray(node)) return node.some((item) => listsValues(document, item, seen));
  if (!isObject(node)) return false;
  if (Array.isArray(node["enum"])) return true;
  return Object.entries(node).some(([key, value]) => {
    const name = key === "$ref" ? schemaName(value) : undefined;
    if (name === undefined) return listsValues(document, value, seen);
    if (seen.has(name)) return false;
    seen.add(name);
    return listsValues(
      document,
      getAt(document, formatPointer(["components", "schemas", name])) ?? null,
      seen,
    );
  });
}

function objectAt(node: JsonObject, key: string): JsonObject {
  const value = node[key];
  return isObject(value) ? value : {};
}

function schemaName(reference: Json | undefined): string | undefined {
  if (typeof reference !== "string" || !reference.startsWith(SCHEMAS)) return undefined;
  return decodeURIComponent(reference.slice(SCHEMAS.length)).replaceAll("~1", "/").replaceAll("~0", "~");
}
